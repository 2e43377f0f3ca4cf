"""Contacts and what is decided about them, referrals, cases, and the lists they come from."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from onestory.access.models import Protected
from onestory.kernel.classified import CODED, LINK, OF_ENVELOPE, OWN, STAFF
from onestory.kernel.ids import new_id
from onestory.people.models import OfPerson


def _both(name: str, constraint: str) -> models.CheckConstraint:
    """`<name>_at` and `<name>_by` are set together."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{name}_at": None, f"{name}_by": None})
        | models.Q(**{f"{name}_at__isnull": False, f"{name}_by__isnull": False}),
        name=constraint,
    )


def _user(**extra) -> models.ForeignKey:
    return models.ForeignKey("agencies.User", on_delete=models.PROTECT, related_name="+", **extra)


def _team(**extra) -> models.ForeignKey:
    return models.ForeignKey("agencies.Team", on_delete=models.PROTECT, related_name="+", **extra)


class Draft(models.Model):
    """A contact being written down. Only the one who writes it sees it, on any machine."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = _user()
    team = _team()
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
    from_team = _team()
    to_team = _team()
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
    graded_by = _user(null=True)

    outcome = models.TextField(choices=Outcome.choices, blank=True)
    outcome_reason = models.TextField(blank=True)
    outcome_words = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = _user(null=True)

    # The sender has seen the decision.
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = _user(null=True)
    version = models.IntegerField(default=0)

    CLASSIFIED = {
        **OfPerson.CLASSIFIED_HERE,
        **dict.fromkeys(("reference", "from_team", "to_team"), LINK),
        **dict.fromkeys(("graded_by", "decided_by", "acknowledged_by"), STAFF),
        **dict.fromkeys(
            (
                "words",
                "wishes",
                "basis",
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
            _both("graded", "contact_graded_at_and_by"),
            _both("decided", "contact_decided_at_and_by"),
            _both("acknowledged", "contact_acknowledged_at_and_by"),
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


class Referral(OfPerson):
    """Envelope `support`, and only between the two teams: sent, acknowledged, answered."""

    reference = models.TextField(unique=True)
    contact = models.ForeignKey(
        Contact, on_delete=models.PROTECT, null=True, related_name="referrals"
    )
    from_team = _team()
    to_team = _team()
    service = models.ForeignKey(
        "agencies.Service", on_delete=models.PROTECT, null=True, related_name="+"
    )
    needs = ArrayField(models.TextField(), default=list)
    words = models.TextField(blank=True)
    sent_at = models.DateTimeField()
    sent_by = _user()
    acknowledge_by = models.DateTimeField()
    answer_by = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = _user(null=True)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = _user(null=True)
    declined_at = models.DateTimeField(null=True)
    declined_by = _user(null=True)
    decline_reason = models.TextField(blank=True)
    answer_words = models.TextField(blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = _user(null=True)
    withdraw_reason = models.TextField(blank=True)
    # The sender has seen the answer.
    seen_at = models.DateTimeField(null=True)
    seen_by = _user(null=True)
    # The grants that were given with it, and end with it.
    grants = ArrayField(models.UUIDField(), default=list)
    version = models.IntegerField(default=0)

    CLASSIFIED = {
        **OfPerson.CLASSIFIED_HERE,
        **dict.fromkeys(
            ("reference", "contact", "from_team", "to_team", "service", "grants"), LINK
        ),
        **dict.fromkeys(
            (
                "sent_by",
                "acknowledged_by",
                "accepted_by",
                "declined_by",
                "withdrawn_by",
                "seen_by",
            ),
            STAFF,
        ),
        **dict.fromkeys(("words", "answer_words", "version"), OF_ENVELOPE),
        **dict.fromkeys(
            (
                "needs",
                "sent_at",
                "acknowledge_by",
                "answer_by",
                "acknowledged_at",
                "accepted_at",
                "declined_at",
                "decline_reason",
                "withdrawn_at",
                "withdraw_reason",
                "seen_at",
            ),
            CODED,
        ),
    }

    class Meta:
        indexes = [
            models.Index(
                fields=["to_team", "acknowledge_by"],
                condition=models.Q(accepted_at=None, declined_at=None, withdrawn_at=None),
                name="referrals_to_answer",
            ),
            models.Index(
                fields=["from_team", "sent_at"],
                condition=models.Q(seen_at=None),
                name="referrals_sent",
            ),
            models.Index(fields=["from_team", "-sent_at", "-id"], name="referrals_of_sender"),
        ]
        constraints = [
            _both("acknowledged", "referral_acknowledged_at_and_by"),
            _both("accepted", "referral_accepted_at_and_by"),
            _both("declined", "referral_declined_at_and_by"),
            _both("withdrawn", "referral_withdrawn_at_and_by"),
            _both("seen", "referral_seen_at_and_by"),
            models.CheckConstraint(
                condition=models.Q(accepted_at=None) | models.Q(declined_at=None),
                name="referral_accepted_or_declined",
            ),
            models.CheckConstraint(
                condition=models.Q(declined_at=None, decline_reason="")
                | (models.Q(declined_at__isnull=False) & ~models.Q(decline_reason="")),
                name="referral_declined_with_reason",
            ),
        ]

    def __str__(self):
        return self.reference


class CaseListImport(models.Model):
    """One reading of a team's case list: what came of it, and how far it is."""

    class State(models.TextChoices):
        CHECKED = "checked", "Checked, waiting for a yes"
        WAITING = "waiting", "Waiting to start"
        RUNNING = "running", "Importing"
        DONE = "done", "Imported"
        REFUSED = "refused", "Not imported: the file has faults"
        CANCELLED = "cancelled", "Cancelled"
        FAILED = "failed", "Failed"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    team = _team()
    file_name = models.TextField()
    file_digest = models.TextField()
    # Kept only until it is imported, refused or cancelled.
    file = models.BinaryField(null=True)
    # What the check found: how words were understood, what is at fault. Kept until the next list.
    findings = models.JSONField(default=dict)
    state = models.TextField(choices=State.choices)
    rows = models.IntegerField(default=0)
    done = models.IntegerField(default=0)
    added = models.IntegerField(default=0)
    changed = models.IntegerField(default=0)
    unchanged = models.IntegerField(default=0)
    faults = models.IntegerField(default=0)
    cancel_asked = models.BooleanField(default=False)
    started_by = _user()
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    CLASSIFIED = {
        **dict.fromkeys(("id", "team"), LINK),
        **dict.fromkeys(("file", "findings"), OWN),
        **dict.fromkeys(("file_name", "file_digest", "state", "rows", "done", "faults"), STAFF),
        **dict.fromkeys(("added", "changed", "unchanged", "cancel_asked"), STAFF),
        **dict.fromkeys(("started_by", "started_at", "ended_at"), STAFF),
    }


class Case(Protected):
    """A piece of work of one team: with a person, or from a list without names, then without.

    A case counts as a case, never as a person.
    """

    team = _team()
    reference = models.TextField()
    person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, related_name="cases"
    )
    referral = models.OneToOneField(Referral, on_delete=models.PROTECT, null=True)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, null=True, related_name="cases")
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)
    close_reason = models.TextField(blank=True)
    category = models.TextField()
    area = models.TextField()
    group = models.TextField()
    abuse = ArrayField(models.TextField())
    risk_assessment = models.TextField(blank=True)
    referred_by = models.TextField(blank=True)
    imported = models.ForeignKey(
        CaseListImport, on_delete=models.PROTECT, null=True, related_name="+"
    )
    # The version that the list left. Where it is no longer this one, somebody worked on it here.
    list_version = models.IntegerField(null=True)
    version = models.IntegerField(default=0)

    CLASSIFIED = {
        **Protected.CLASSIFIED_HERE,
        **dict.fromkeys(("team", "reference", "person", "referral", "contact", "imported"), LINK),
        **dict.fromkeys(("version", "list_version"), OF_ENVELOPE),
        **dict.fromkeys(
            (
                "opened_on",
                "closed_on",
                "close_reason",
                "category",
                "area",
                "group",
                "abuse",
                "risk_assessment",
                "referred_by",
            ),
            CODED,
        ),
    }

    class Meta:
        indexes = [
            models.Index(fields=["team", "-opened_on", "-id"], name="cases_of_team"),
            models.Index(fields=["person"], name="cases_of_person"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["team", "reference"], name="one_case_per_reference"),
            models.CheckConstraint(
                condition=models.Q(closed_on=None) | models.Q(closed_on__gte=models.F("opened_on")),
                name="case_closed_after_opened",
            ),
        ]

    def __str__(self):
        return self.reference
