"""Contacts: someone tells someone, and what is decided about it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from onestory.agencies import columns
from onestory.kernel.classified import CODED, LINK, OF_ENVELOPE, OWN, STAFF
from onestory.kernel.ids import new_id
from onestory.people.models import OfPerson


class Draft(models.Model):
    """A contact being written down. Only the one who writes it sees it, on any machine."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = columns.user()
    team = columns.team()
    # What was typed, as it was typed, field by field.
    answers = models.JSONField()
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    version = models.IntegerField(default=0)
    # The contact it became. The answers are emptied then.
    contact = models.OneToOneField("Contact", on_delete=models.PROTECT, null=True)

    CLASSIFIED = {
        **dict.fromkeys(("id", "user", "team", "contact"), LINK),
        **dict.fromkeys(("answers", "started_at", "saved_at", "version"), OWN),
    }


class Contact(OfPerson):
    """Envelope `story`: someone told someone. From the telling to an acknowledged decision."""

    class Rag(models.TextChoices):
        RED = "red", "Red"
        AMBER = "amber", "Amber"
        GREEN = "green", "Green"
        BLUE = "blue", "Blue"

    class Outcome(models.TextChoices):
        NO_FURTHER_ACTION = "no-further-action", "No further action"
        ADVICE = "advice", "Advice"
        REFERRAL = "referral", "Referral"
        CHILDRENS_SOCIAL_CARE = "childrens-social-care", "Children's social care"

    reference = models.TextField(unique=True)
    from_team = columns.team()
    to_team = columns.team()
    source = models.TextField()
    channel = models.TextField()
    received_at = models.DateTimeField()
    abuse = ArrayField(models.TextField())
    presenting_need = models.TextField()
    contributory_needs = ArrayField(models.TextField(), default=list)
    # Known children are relationships; this is what the sender was told.
    children_in_home = models.BooleanField(null=True)
    danger_now = models.BooleanField(default=False)
    words = models.TextField(blank=True)
    # Whether they were asked what they want, and what they said.
    wishes_asked = models.TextField(
        choices=[("yes", "Yes"), ("not-yet", "Not yet")], blank=True, db_default=""
    )
    wishes = models.TextField(blank=True)
    # Whether the survivor agreed that it be passed on, or on what basis it is without.
    basis = models.TextField()
    basis_reason = models.TextField(blank=True)

    # The clock: which timescale, and when it runs out.
    timescale = models.TextField()
    due_at = models.DateTimeField()

    rag = models.TextField(choices=Rag.choices, blank=True)
    rag_reason = models.TextField(blank=True)
    graded_at = models.DateTimeField(null=True)
    graded_by = columns.user(null=True)

    outcome = models.TextField(choices=Outcome.choices, blank=True)
    outcome_reason = models.TextField(blank=True)
    outcome_words = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = columns.user(null=True)

    # The sender has seen the decision.
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = columns.user(null=True)
    version = models.IntegerField(default=0)

    CLASSIFIED = {
        **OfPerson.CLASSIFIED_HERE,
        **dict.fromkeys(("reference", "from_team", "to_team"), LINK),
        **dict.fromkeys(("graded_by", "decided_by", "acknowledged_by"), STAFF),
        **dict.fromkeys(
            (
                "words",
                "wishes",
                "wishes_asked",
                "basis_reason",
                "rag_reason",
                "outcome_words",
                "version",
            ),
            OF_ENVELOPE,
        ),
        **dict.fromkeys(
            (
                "source",
                "channel",
                "basis",
                "received_at",
                "abuse",
                "presenting_need",
                "contributory_needs",
                "children_in_home",
                "danger_now",
                "timescale",
                "due_at",
                "rag",
                "graded_at",
                "outcome",
                "outcome_reason",
                "decided_at",
                "acknowledged_at",
            ),
            CODED,
        ),
    }

    class Meta:
        indexes = [
            models.Index(
                fields=["to_team", "due_at"],
                condition=models.Q(decided_at=None),
                name="contacts_waiting",
            ),
            models.Index(
                fields=["from_team", "decided_at"],
                condition=models.Q(acknowledged_at=None),
                name="decisions_to_acknowledge",
            ),
            models.Index(fields=["from_team", "-received_at", "-id"], name="contacts_sent"),
        ]
        constraints = [
            columns.both("graded", "contact_graded_at_and_by"),
            columns.both("decided", "contact_decided_at_and_by"),
            columns.both("acknowledged", "contact_acknowledged_at_and_by"),
            models.CheckConstraint(
                condition=models.Q(graded_at=None, rag="")
                | (models.Q(graded_at__isnull=False) & ~models.Q(rag="")),
                name="contact_rag_when_graded",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_at=None, outcome="")
                | (
                    models.Q(decided_at__isnull=False, graded_at__isnull=False)
                    & ~models.Q(outcome="")
                ),
                name="contact_outcome_when_decided",
            ),
            models.CheckConstraint(
                condition=models.Q(acknowledged_at=None) | models.Q(decided_at__isnull=False),
                name="contact_decided_before_acknowledged",
            ),
        ]

    def __str__(self):
        return self.reference
