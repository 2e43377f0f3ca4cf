"""The outside of a case: who holds it, how long somebody waits, and how it ended."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from onestory.agencies import columns
from onestory.kernel.classified import CODED, LINK, OF_ENVELOPE, STAFF
from onestory.support.models.bases import OfCase, Outside


class Episode(Outside):
    """A case with somebody in it, as it may be seen from outside: by the team that referred, and by
    the survivor herself. Where it stands and how many sessions there were, never what was said.

    Begun when somebody first works on the case; counted anew by whatever changes the counts.
    """

    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, related_name="episode")
    # Its referral, if it came by one: the team that sent it sees no case.
    referral = models.OneToOneField(
        "cases.Referral", on_delete=models.PROTECT, null=True, related_name="episode"
    )
    # As it was taken on; where people were moved to another service, the referral says to which.
    service = columns.service(null=True)
    # The day that it was taken on: the wait runs from here.
    decided_on = models.DateField()
    holder = columns.user(null=True)
    check_in_days = models.SmallIntegerField()
    check_in_on = models.DateField()
    first_session_on = models.DateField(null=True)
    sessions_attended = models.IntegerField(default=0)
    # Support while waiting, which is counted apart.
    support_attended = models.IntegerField(default=0)
    paused_since = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    end_reason = models.TextField(blank=True)
    version = models.IntegerField(default=0)

    CLASSIFIED = {
        **Outside.CLASSIFIED_HERE,
        **dict.fromkeys(("case", "referral", "service"), LINK),
        "holder": STAFF,
        **dict.fromkeys(("check_in_days", "check_in_on", "version"), OF_ENVELOPE),
        **dict.fromkeys(
            (
                "decided_on",
                "first_session_on",
                "sessions_attended",
                "support_attended",
                "paused_since",
                "ended_on",
                "end_reason",
            ),
            CODED,
        ),
    }

    class Meta:
        indexes = [
            models.Index(
                fields=["holder", "check_in_on", "id"],
                condition=models.Q(ended_on=None),
                name="episodes_held",
            ),
            models.Index(
                fields=["team", "check_in_on", "id"],
                condition=models.Q(ended_on=None),
                name="episodes_of_team",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_on=None) | models.Q(ended_on__gte=models.F("decided_on")),
                name="episode_ended_after_decided",
            ),
        ]

    @property
    def service_now(self):
        """For whoever sees the referral: the service, as they may have been moved to another."""
        return self.referral.service if self.referral_id else self.service


class Pause(Outside):
    """A stretch of a wait in which nothing was to happen, and who asked for it."""

    class AskedBy(models.TextChoices):
        SURVIVOR = "survivor", "The survivor asked for it"
        SERVICE = "service", "The service asked for it"

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="pauses")
    asked_by = models.TextField(choices=AskedBy.choices)
    from_on = models.DateField()
    # The first day that counts again.
    until_on = models.DateField(null=True)

    CLASSIFIED = {
        **Outside.CLASSIFIED_HERE,
        "episode": LINK,
        **dict.fromkeys(("asked_by", "from_on", "until_on"), CODED),
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["episode"], condition=models.Q(until_on=None), name="paused_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=models.Q(until_on=None) | models.Q(until_on__gte=models.F("from_on")),
                name="pause_ends_after_it_began",
            ),
        ]


class Ending(OfCase):
    """How a case ended: the reason, what came of it, who was told, what stays open until when.

    The day itself is `Episode.ended_on` and `Case.closed_on`: the clock of retention runs from it.
    """

    reason = models.TextField()
    outcome = models.TextField()
    words = models.TextField(blank=True)
    # Whether the survivor knows; if not, why not.
    told_survivor = models.BooleanField(default=False)
    not_told_because = models.TextField(blank=True)
    told_teams = ArrayField(models.UUIDField(), default=list)
    # What had been opened for this case: closed with it, or kept open for a reason until a day.
    grants = ArrayField(models.UUIDField(), default=list)
    keep_reason = models.TextField(blank=True)
    keep_until = models.DateField(null=True)
    # When what was kept was closed as well.
    closed_at = models.DateTimeField(null=True)

    CLASSIFIED = {
        **OfCase.CLASSIFIED_HERE,
        **dict.fromkeys(("told_teams", "grants"), LINK),
        **dict.fromkeys(("words", "not_told_because", "closed_at"), OF_ENVELOPE),
        **dict.fromkeys(("reason", "outcome", "told_survivor", "keep_reason", "keep_until"), CODED),
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], name="one_ending_of_a_case"),
            models.CheckConstraint(
                condition=models.Q(keep_until=None, keep_reason="")
                | (models.Q(keep_until__isnull=False) & ~models.Q(keep_reason="")),
                name="kept_until_a_day_for_a_reason",
            ),
        ]
