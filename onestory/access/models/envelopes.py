"""The envelope, the grant that opens it, and the rows that lie in it."""

from django.db import models

from onestory.access import acting
from onestory.agencies import columns
from onestory.kernel.classified import LINK, MOMENT, OF_ENVELOPE, OUTSIDE, STAFF
from onestory.kernel.ids import new_id


class Kind(models.TextChoices):
    """The kinds of knowledge. A person has at most one envelope of each."""

    IDENTITY = "identity", "Who they are"
    SAFE_CONTACT = "safe-contact", "Safe contact"
    WHEREABOUTS = "whereabouts", "Whereabouts"
    STORY = "story", "What happened"
    NEEDS = "needs", "Needs"
    RISK = "risk", "Risk"
    SUPPORT = "support", "Support"
    THERAPY = "therapy", "Therapy"
    CONDUCT = "conduct", "Conduct"


class Envelope(models.Model):
    """One kind of knowledge about one person; or a team's list of cases without names."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # A foreign key to people_person in the database; `people` comes after `access`, so not here.
    person_id = models.UUIDField(null=True, db_index=True)
    kind = models.TextField(choices=Kind.choices)
    created_by = columns.user()
    created_at = models.DateTimeField()

    CLASSIFIED = {
        **dict.fromkeys(("id", "person_id", "created_by"), LINK),
        **dict.fromkeys(("kind", "created_at"), OUTSIDE),
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person_id", "kind"], name="one_envelope_of_a_kind_per_person"
            ),
            models.CheckConstraint(condition=models.Q(kind__in=Kind.values), name="envelope_kind"),
        ]


class Grant(models.Model):
    """Opens one envelope to one team (or to one person in it), for a purpose, on a basis.

    Ended, never deleted or changed otherwise: what a team knew on a day stays a query.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # Found by the index of envelope and team, which one of its own would only stand beside.
    envelope = models.ForeignKey(
        Envelope, on_delete=models.PROTECT, db_index=False, related_name="grants"
    )
    team = columns.team()
    # Set where the grant is one person's, as an emergency opening is.
    user = columns.user(null=True)
    may_write = models.BooleanField(default=False)
    may_share = models.BooleanField(default=False)
    purpose = models.TextField()
    basis = models.TextField()
    reason = models.TextField(blank=True)
    # What it rests on, where somebody was asked, or was not.
    consent = models.ForeignKey(
        "Consent", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    without_consent = models.ForeignKey(
        "ShareWithoutConsent", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    given_by = columns.user()
    given_at = models.DateTimeField()
    ended_by = columns.user(null=True)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.TextField(blank=True)

    CLASSIFIED = {
        **dict.fromkeys(
            (
                "id",
                "envelope",
                "team",
                "user",
                "given_by",
                "ended_by",
                "consent",
                "without_consent",
            ),
            LINK,
        ),
        **dict.fromkeys(
            (
                "may_write",
                "may_share",
                "purpose",
                "reason",
                "given_at",
                "ended_at",
                "end_reason",
            ),
            OF_ENVELOPE,
        ),
        **dict.fromkeys(("basis", "starts_at", "ends_at"), OUTSIDE),
    }

    class Meta:
        indexes = [
            models.Index(fields=["envelope", "team"], name="grant_of_envelope_to_team"),
            models.Index(
                fields=["consent"],
                condition=models.Q(consent__isnull=False),
                name="grants_of_consent",
            ),
            models.Index(
                fields=["without_consent"],
                condition=models.Q(without_consent__isnull=False),
                name="grants_without_consent",
            ),
        ]
        constraints = [
            columns.both("ended", "grant_ended_at_and_by"),
        ]


class Protected(models.Model):
    """A row that lies in an envelope. Loading one is a read, and reads go on the record."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    envelope = models.ForeignKey(Envelope, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = columns.user()

    CLASSIFIED_HERE = {
        **dict.fromkeys(("id", "envelope"), LINK),
        "recorded_at": MOMENT,
        "recorded_by": STAFF,
    }

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db, field_names, values):
        row = super().from_db(db, field_names, values)
        acting.note_read(row.__dict__.get("envelope_id"))
        return row
