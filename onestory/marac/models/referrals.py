"""Who is brought before the meeting, on what, and what becomes of it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from onestory.agencies import columns
from onestory.kernel.classified import CODED, LINK, OF_ENVELOPE, STAFF
from onestory.people.models import OfPerson


class Referral(OfPerson):
    """Envelope `risk` of the survivor: a case for the meeting, from the referral to the review.

    Seen by the team that refers, by the coordinators, and by those that are asked, from when they
    are asked until the review closes. Its id is given by the page: what is sent twice is there once.
    """

    class Agrees(models.TextChoices):
        YES = "yes", "Agrees"
        NO = "no", "Does not agree"
        NOT_ASKED = "not-asked", "Has not been asked"

    # Nothing leads here from a person: `cases` has referrals of its own.
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    from_team = columns.team()
    to_team = columns.team()
    # Always somebody whom the survivor's own record names as using abuse; null where not known.
    abuser = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    referred_on = models.DateField()
    criteria = ArrayField(models.TextField())
    reason = models.TextField(blank=True)
    # The risk as it was assessed then: what is scored anew later changes nothing here.
    assessment_id = models.UUIDField(null=True)
    instrument = models.TextField(blank=True)
    threshold = models.TextField(blank=True)
    yes = models.IntegerField(null=True)
    level = models.TextField(blank=True)
    # How many events the referrer knows of within the months of the rule on escalation.
    events = models.IntegerField(null=True)
    words = models.TextField()
    children = models.IntegerField(null=True)
    children_words = models.TextField(blank=True)

    # What she said to it then; what she says later stands in her wishes. It bears on how needful
    # sharing is, and is no consent.
    agrees = models.TextField(choices=Agrees.choices)
    agrees_words = models.TextField(blank=True)
    told_at = models.DateTimeField(null=True)
    told_by = columns.user(null=True)
    not_told_reason = models.TextField(blank=True)
    # What opened the records to the coordinators.
    shares = ArrayField(models.UUIDField(), default=list)

    accepted_at = models.DateTimeField(null=True)
    accepted_by = columns.user(null=True)
    # The last referral of the same two people, where this is a repeat, and by which rule.
    repeat_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    repeat_rule = models.TextField(blank=True)
    declined_at = models.DateTimeField(null=True)
    declined_by = columns.user(null=True)
    decline_reason = models.TextField(blank=True)
    # Another agency referred the same two while a case was open: this is heard as that one.
    part_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")

    # Since when, and why, it goes on although she does not agree.
    goes_on_at = models.DateTimeField(null=True)
    goes_on_by = columns.user(null=True)
    goes_on_words = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = columns.user(null=True)
    outcome = models.TextField(blank=True)
    outcome_words = models.TextField(blank=True)
    version = models.IntegerField(default=0)

    CLASSIFIED = {
        **OfPerson.CLASSIFIED_HERE,
        **dict.fromkeys(
            ("from_team", "to_team", "abuser", "assessment_id", "shares", "repeat_of", "part_of"),
            LINK,
        ),
        **dict.fromkeys(
            ("told_by", "accepted_by", "declined_by", "goes_on_by", "closed_by"), STAFF
        ),
        **dict.fromkeys(
            (
                "reason",
                "words",
                "children_words",
                "agrees_words",
                "not_told_reason",
                "goes_on_words",
                "outcome_words",
                "version",
            ),
            OF_ENVELOPE,
        ),
        **dict.fromkeys(
            (
                "referred_on",
                "criteria",
                "instrument",
                "threshold",
                "yes",
                "level",
                "events",
                "children",
                "agrees",
                "told_at",
                "accepted_at",
                "repeat_rule",
                "declined_at",
                "decline_reason",
                "goes_on_at",
                "closed_at",
                "outcome",
            ),
            CODED,
        ),
    }

    class Meta:
        indexes = [
            models.Index(
                fields=["to_team", "referred_on"],
                condition=models.Q(closed_at=None, declined_at=None, part_of=None),
                name="marac_open",
            ),
            models.Index(fields=["from_team", "-referred_on", "-id"], name="marac_of_sender"),
            models.Index(fields=["to_team", "-referred_on", "-id"], name="marac_of_table"),
        ]
        constraints = [
            columns.both("told", "marac_told_at_and_by"),
            columns.both("accepted", "marac_accepted_at_and_by"),
            columns.both("declined", "marac_declined_at_and_by"),
            columns.both("goes_on", "marac_goes_on_at_and_by"),
            columns.both("closed", "marac_closed_at_and_by"),
            models.CheckConstraint(
                condition=~models.Q(abuser=models.F("person")), name="marac_of_two_people"
            ),
            models.CheckConstraint(
                condition=models.Q(told_at__isnull=False) | ~models.Q(not_told_reason=""),
                name="marac_told_or_why_not",
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_at=None) | models.Q(declined_at=None),
                name="marac_accepted_or_declined",
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at=None, outcome="")
                | (models.Q(closed_at__isnull=False) & ~models.Q(outcome="")),
                name="marac_closed_with_outcome",
            ),
            models.CheckConstraint(
                condition=models.Q(repeat_of=None, repeat_rule="")
                | (models.Q(repeat_of__isnull=False) & ~models.Q(repeat_rule="")),
                name="marac_repeat_by_a_rule",
            ),
        ]


class FoundRepeat(OfPerson):
    """Envelope `risk`: the coordinator has looked at abuse that was noticed after a referral.

    What was noticed stays where it lies: this says only of which day, by which team, and what
    the coordinator made of it.
    """

    class How(models.TextChoices):
        REPEAT = "repeat", "Brought before the meeting again"
        NOT = "not", "Not the same two people, or no abuse"

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="found")
    on = models.DateField()
    team = columns.team()
    how = models.TextField(choices=How.choices)
    words = models.TextField(blank=True)

    CLASSIFIED = {
        **OfPerson.CLASSIFIED_HERE,
        **dict.fromkeys(("referral", "team"), LINK),
        "words": OF_ENVELOPE,
        **dict.fromkeys(("on", "how"), CODED),
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "on", "team"], name="found_repeat_looked_at_once"
            )
        ]


class Telling(OfPerson):
    """Envelope `risk`: what the survivor was told of the meeting, by whom, on which day."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="tellings")
    team = columns.team()
    on = models.DateField()
    words = models.TextField()

    CLASSIFIED = {
        **OfPerson.CLASSIFIED_HERE,
        **dict.fromkeys(("referral", "team"), LINK),
        "words": OF_ENVELOPE,
        "on": CODED,
    }

    class Meta:
        indexes = [models.Index(fields=["referral", "on"], name="tellings_of_case")]
