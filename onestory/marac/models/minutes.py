"""What is said and agreed in the meeting: her wishes, the risk in one paragraph, the actions."""

from django.db import models

from onestory.agencies import columns
from onestory.kernel.classified import CODED, LINK, OF_ENVELOPE, OWN, STAFF
from onestory.kernel.opening import Typed
from onestory.marac.models.meetings import Item
from onestory.marac.models.referrals import Referral
from onestory.people.models import OfPerson

# The one page of minutes.
RISK = "risk"


class Wishes(OfPerson):
    """Envelope `risk`: what the survivor wants, as their advocate brings it. The latest holds."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="wishes")
    team = columns.team()
    words = models.TextField()
    # Whether she agrees that the meeting speaks of her, now.
    agrees = models.TextField(choices=Referral.Agrees.choices)

    CLASSIFIED = {
        **OfPerson.CLASSIFIED_HERE,
        **dict.fromkeys(("referral", "team"), LINK),
        "words": OF_ENVELOPE,
        "agrees": CODED,
    }

    class Meta:
        verbose_name_plural = "wishes"
        indexes = [models.Index(fields=["referral", "-recorded_at"], name="wishes_of_case")]


class Minutes(OfPerson):
    """Envelope `risk`: the risk in one paragraph, as it is typed in the meeting, by one or by two."""

    item = models.OneToOneField(Item, on_delete=models.PROTECT, related_name="minutes")
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="minutes")
    words = models.TextField(blank=True)
    # Who typed what, as `kernel.opening` keeps it: two may have it open at once.
    answers = models.JSONField(default=dict)
    saved_at = models.DateTimeField()
    saved_by = columns.user()

    CLASSIFIED = {
        **OfPerson.CLASSIFIED_HERE,
        **dict.fromkeys(("item", "referral"), LINK),
        "saved_by": STAFF,
        "answers": OWN,
        **dict.fromkeys(("words", "saved_at"), OF_ENVELOPE),
    }

    class Meta:
        verbose_name_plural = "minutes"

    @property
    def typed(self) -> Typed:
        return self.answers.get("pages", {}).get(RISK, {}).get("typed", {})

    @property
    def version(self) -> int:
        return self.answers.get("pages", {}).get(RISK, {}).get("version", 0)


class Action(OfPerson):
    """Envelope `risk`: what an agency has offered to do, for whom and by when; and whether it did.

    Its id is given by the page on which it was typed, so that what is sent twice is there once.
    """

    class For(models.TextChoices):
        SURVIVOR = "survivor", "The survivor"
        CHILD = "child", "A child"
        ABUSER = "abuser", "The person using abuse"
        OTHER = "other", "Somebody else"

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="actions")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, null=True, related_name="actions")
    team = columns.team()
    to_team = columns.team()
    whom = models.TextField(choices=For.choices)
    words = models.TextField()
    due_on = models.DateField()
    # Whether the survivor may be told of it: not, if that could come to the wrong ears.
    may_tell = models.BooleanField(default=False)
    done_at = models.DateTimeField(null=True)
    done_by = columns.user(null=True)
    evidence = models.TextField(blank=True)
    not_done_at = models.DateTimeField(null=True)
    not_done_by = columns.user(null=True)
    not_done_reason = models.TextField(blank=True)

    CLASSIFIED = {
        **OfPerson.CLASSIFIED_HERE,
        **dict.fromkeys(("referral", "item", "team", "to_team"), LINK),
        **dict.fromkeys(("done_by", "not_done_by"), STAFF),
        **dict.fromkeys(("words", "evidence", "not_done_reason"), OF_ENVELOPE),
        **dict.fromkeys(("whom", "due_on", "may_tell", "done_at", "not_done_at"), CODED),
    }

    class Meta:
        indexes = [
            models.Index(
                fields=["team", "due_on", "id"],
                condition=models.Q(done_at=None, not_done_at=None),
                name="marac_actions_open",
            ),
            models.Index(
                fields=["to_team", "due_on", "id"],
                condition=models.Q(done_at=None, not_done_at=None),
                name="marac_actions_of_table",
            ),
            models.Index(fields=["referral"], name="marac_actions_of_case"),
        ]
        constraints = [
            columns.both("done", "marac_action_done_at_and_by"),
            columns.both("not_done", "marac_action_not_done_at_and_by"),
            models.CheckConstraint(
                condition=models.Q(done_at=None) | models.Q(not_done_at=None),
                name="marac_action_done_or_not",
            ),
            models.CheckConstraint(
                condition=models.Q(done_at=None) | ~models.Q(evidence=""),
                name="marac_action_done_with_evidence",
            ),
            models.CheckConstraint(
                condition=models.Q(not_done_at=None) | ~models.Q(not_done_reason=""),
                name="marac_action_not_done_with_reason",
            ),
        ]

    @property
    def what_came_of_it(self) -> str:
        if self.done_at:
            return f"Done: {self.evidence}"
        return f"Not done: {self.not_done_reason}" if self.not_done_at else "Open"

    @property
    def is_open(self) -> bool:
        return self.done_at is None and self.not_done_at is None
