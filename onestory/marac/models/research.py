"""What agencies are asked before the meeting, and what they find."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from onestory.agencies import columns
from onestory.kernel.classified import CODED, LINK, OF_ENVELOPE, STAFF
from onestory.marac.models.referrals import Referral
from onestory.people.models import OfPerson


class Research(OfPerson):
    """Envelope `risk` of the survivor: an agency is asked about a case. While it is open, that agency
    sees the case; with the review it closes, and what was opened for it ends. Asked again, a new
    question takes its place.

    `person`, `abuser` and `to_team` are those of the referral, so that the policy need not ask it.
    """

    class Holds(models.TextChoices):
        SOMETHING = "something", "We hold something"
        NOTHING = "nothing", "We looked, and hold nothing"

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="research")
    team = columns.team()
    to_team = columns.team()
    abuser = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    # Why this agency must know: the proportionality of what was opened to it.
    words = models.TextField()
    due_at = models.DateTimeField()
    shares = ArrayField(models.UUIDField(), default=list)
    holds = models.TextField(choices=Holds.choices, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = columns.user(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = columns.user(null=True)

    CLASSIFIED = {
        **OfPerson.CLASSIFIED_HERE,
        **dict.fromkeys(("referral", "team", "to_team", "abuser", "shares"), LINK),
        **dict.fromkeys(("answered_by", "closed_by"), STAFF),
        "words": OF_ENVELOPE,
        **dict.fromkeys(("due_at", "holds", "answered_at", "closed_at"), CODED),
    }

    class Meta:
        verbose_name_plural = "research"
        indexes = [
            models.Index(
                fields=["team", "due_at"],
                condition=models.Q(closed_at=None),
                name="research_asked_of_team",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "team"],
                condition=models.Q(closed_at=None),
                name="an_agency_is_asked_once",
            ),
            columns.both("answered", "research_answered_at_and_by"),
            columns.both("closed", "research_closed_at_and_by"),
        ]


class Finding(OfPerson):
    """Envelope `risk` of the survivor: what an agency knows about her."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="findings")
    team = columns.team()
    words = models.TextField()

    CLASSIFIED = {
        **OfPerson.CLASSIFIED_HERE,
        **dict.fromkeys(("referral", "team"), LINK),
        "words": OF_ENVELOPE,
    }

    class Meta:
        indexes = [models.Index(fields=["referral"], name="findings_of_case")]


class ConductFinding(OfPerson):
    """Envelope `conduct` of the person using abuse: what an agency knows about him.

    Seen only by those who hold that envelope and see the case as well: of three survivors of one
    man, none is told to those who are asked about another.
    """

    referral = models.ForeignKey(
        Referral, on_delete=models.PROTECT, related_name="conduct_findings"
    )
    team = columns.team()
    words = models.TextField()

    CLASSIFIED = {
        **OfPerson.CLASSIFIED_HERE,
        **dict.fromkeys(("referral", "team"), LINK),
        "words": OF_ENVELOPE,
    }

    class Meta:
        indexes = [models.Index(fields=["referral"], name="conduct_findings_of_case")]
