"""Clare's Law: somebody asks, or an agency thinks that somebody should know, of another one's past.

That anybody asked lies with whoever may be in danger (`risk`), and nowhere else. What was found of the
one who is asked about lies in their `conduct`, and does not say that anybody asked.
"""

from django.db import models

from onestory.agencies import columns
from onestory.kernel.classified import CODED, LINK, OF_ENVELOPE, STAFF
from onestory.people.models import OfPerson


class Disclosure(OfPerson):
    """Envelope `risk` of whoever may be in danger: asked for, checked, decided by two, told in person."""

    class Route(models.TextChoices):
        ASK = "ask", "Right to ask"
        KNOW = "know", "Right to know"

    class Applicant(models.TextChoices):
        SELF = "self", "The person themselves"
        OTHER = "other", "Somebody else who is worried about them"
        AGENCY = "agency", "An agency"

    class Decision(models.TextChoices):
        TELL = "tell", "Tell"
        NOTHING = "nothing", "Nothing is told"

    class ToWhom(models.TextChoices):
        SELF = "self", "The person who may be in danger"
        GUARDIAN = "guardian", "Somebody who can keep them safe, such as a parent or carer"
        APPLICANT = "applicant", "Whoever asked"

    team = columns.team()
    route = models.TextField(choices=Route.choices)
    applicant = models.TextField(choices=Applicant.choices)
    # Who they are to each other and how to reach them safely, where it is somebody else.
    applicant_words = models.TextField(blank=True)
    # Read from this side only: nothing leads back from the one who is asked about.
    about = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    received_on = models.DateField()
    words = models.TextField()

    contacted_on = models.DateField(null=True)
    danger_now = models.BooleanField(null=True)
    contacted_words = models.TextField(blank=True)
    met_on = models.DateField(null=True)
    identity_checked = models.TextField(blank=True)

    decision = models.TextField(choices=Decision.choices, blank=True)
    to_whom = models.TextField(choices=ToWhom.choices, blank=True)
    to_whom_words = models.TextField(blank=True)
    what = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = columns.user(null=True)
    # The second person, who agrees; or sends it back.
    agreed_at = models.DateTimeField(null=True)
    agreed_by = columns.user(null=True)

    told_on = models.DateField(null=True)
    told_where = models.TextField(blank=True)
    said = models.TextField(blank=True)
    # Whether whoever was told said that they keep it to themselves.
    keeps_it = models.BooleanField(null=True)

    withdrawn_words = models.TextField(blank=True)
    finished_at = models.DateTimeField(null=True)
    finished_by = columns.user(null=True)
    version = models.IntegerField(default=0)

    CLASSIFIED = {
        **OfPerson.CLASSIFIED_HERE,
        **dict.fromkeys(("team", "about"), LINK),
        **dict.fromkeys(("decided_by", "agreed_by", "finished_by"), STAFF),
        **dict.fromkeys(("route", "applicant", "received_on", "contacted_on", "met_on"), CODED),
        **dict.fromkeys(("danger_now", "decision", "to_whom", "told_on", "keeps_it"), CODED),
        **dict.fromkeys(("decided_at", "agreed_at", "finished_at", "version"), CODED),
        **dict.fromkeys(
            (
                "applicant_words",
                "words",
                "contacted_words",
                "identity_checked",
                "to_whom_words",
                "what",
                "reason",
                "told_where",
                "said",
                "withdrawn_words",
            ),
            OF_ENVELOPE,
        ),
    }

    class Meta:
        indexes = [
            models.Index(
                fields=["team", "received_on"],
                condition=models.Q(finished_at=None),
                name="disclosures_open",
            ),
        ]
        constraints = [
            columns.both("decided", "disclosure_decided_at_and_by"),
            columns.both("agreed", "disclosure_agreed_at_and_by"),
            columns.both("finished", "disclosure_finished_at_and_by"),
            models.CheckConstraint(
                condition=models.Q(agreed_by=None)
                | ~models.Q(agreed_by=models.F("decided_by")) & ~models.Q(decided_by=None),
                name="two_people_decide_a_disclosure",
            ),
            models.CheckConstraint(
                condition=models.Q(told_on=None) | ~models.Q(agreed_at=None),
                name="nothing_is_told_before_two_have_decided",
            ),
            models.CheckConstraint(
                condition=~models.Q(person=models.F("about")), name="disclosure_about_another"
            ),
        ]


class DisclosureCheck(OfPerson):
    """Envelope `risk`: where was looked for a disclosure. What was found is not here."""

    class Found(models.TextChoices):
        SOMETHING = "something", "Something that matters"
        NOTHING = "nothing", "Nothing"
        CLOSED = "closed", "They did not answer, or could not"

    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="checks")
    team = columns.team()
    source = models.TextField()
    on = models.DateField()
    found = models.TextField(choices=Found.choices)

    CLASSIFIED = {
        **OfPerson.CLASSIFIED_HERE,
        **dict.fromkeys(("disclosure", "team"), LINK),
        **dict.fromkeys(("source", "on", "found"), CODED),
    }


class ConductNote(OfPerson):
    """Envelope `conduct`: what is known of how somebody has treated others, and from where.

    It says nothing of who wanted to know. Never changed: a later one says otherwise.
    """

    team = columns.team()
    source = models.TextField()
    on = models.DateField()
    words = models.TextField()

    CLASSIFIED = {
        **OfPerson.CLASSIFIED_HERE,
        "team": LINK,
        **dict.fromkeys(("source", "on"), CODED),
        "words": OF_ENVELOPE,
    }
