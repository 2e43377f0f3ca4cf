"""Cases of a team, and the lists that they come from."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from onestory.access.models import Protected
from onestory.agencies import columns
from onestory.cases.models.contacts import Contact
from onestory.cases.models.referrals import Referral
from onestory.kernel.classified import CODED, LINK, OF_ENVELOPE, OWN, STAFF
from onestory.kernel.ids import new_id


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
    team = columns.team()
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
    started_by = columns.user()
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

    # Its index is the one that begins with it, below.
    team = columns.team(db_index=False)
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
            models.Index(
                fields=["team", "-opened_on", "-id"],
                condition=models.Q(closed_on=None),
                name="open_cases_of_team",
            ),
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
