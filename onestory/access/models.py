"""The envelope: what is known, who may open it, who is barred, and the record of all of it."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from onestory.access import acting
from onestory.kernel.classified import LINK, OF_ENVELOPE, RECORD, STAFF
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
    created_by = models.ForeignKey("agencies.User", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    CLASSIFIED = {
        **dict.fromkeys(("id", "person_id", "created_by"), LINK),
        **dict.fromkeys(("kind", "created_at"), OF_ENVELOPE),
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
    envelope = models.ForeignKey(Envelope, on_delete=models.PROTECT, related_name="grants")
    team = models.ForeignKey("agencies.Team", on_delete=models.PROTECT, related_name="+")
    # Set where the grant is one person's, as an emergency opening is.
    user = models.ForeignKey("agencies.User", on_delete=models.PROTECT, null=True, related_name="+")
    may_write = models.BooleanField(default=False)
    may_share = models.BooleanField(default=False)
    purpose = models.TextField()
    basis = models.TextField()
    reason = models.TextField(blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    given_by = models.ForeignKey("agencies.User", on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    ended_by = models.ForeignKey(
        "agencies.User", on_delete=models.PROTECT, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)
    end_reason = models.TextField(blank=True)

    CLASSIFIED = {
        **dict.fromkeys(("id", "envelope", "team", "user", "given_by", "ended_by"), LINK),
        **dict.fromkeys(
            (
                "may_write",
                "may_share",
                "purpose",
                "basis",
                "reason",
                "starts_at",
                "ends_at",
                "given_at",
                "ended_at",
                "end_reason",
            ),
            OF_ENVELOPE,
        ),
    }

    class Meta:
        indexes = [models.Index(fields=["envelope", "team"], name="grant_of_envelope_to_team")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_at=None, ended_by=None)
                | models.Q(ended_at__isnull=False, ended_by__isnull=False),
                name="grant_ended_at_and_by",
            ),
        ]


class Barring(models.Model):
    """A person's record closed to a named user, whatever their team may open."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person_id = models.UUIDField()
    user = models.ForeignKey("agencies.User", on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    barred_by = models.ForeignKey("agencies.User", on_delete=models.PROTECT, related_name="+")
    barred_at = models.DateTimeField()
    ended_by = models.ForeignKey(
        "agencies.User", on_delete=models.PROTECT, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)

    CLASSIFIED = {
        **dict.fromkeys(("id", "person_id", "user", "barred_by", "ended_by"), LINK),
        **dict.fromkeys(("reason", "barred_at", "ended_at"), OF_ENVELOPE),
    }

    class Meta:
        indexes = [models.Index(fields=["user"], name="barrings_of_user")]
        constraints = [
            models.UniqueConstraint(
                fields=["person_id", "user"],
                condition=models.Q(ended_at=None),
                name="barred_once",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at=None, ended_by=None)
                | models.Q(ended_at__isnull=False, ended_by__isnull=False),
                name="barring_ended_at_and_by",
            ),
        ]


class EmergencyOpening(models.Model):
    """Break-glass: a record opened without a grant, for 24 hours, for a guardian to review."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person_id = models.UUIDField()
    opened_by = models.ForeignKey("agencies.User", on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey("agencies.Team", on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    words = models.TextField(blank=True)
    opened_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(
        "agencies.User", on_delete=models.PROTECT, null=True, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True)
    justified = models.BooleanField(null=True)
    finding = models.TextField(blank=True)

    CLASSIFIED = {
        **dict.fromkeys(("id", "person_id", "opened_by", "team", "reviewed_by"), LINK),
        **dict.fromkeys(
            (
                "reason",
                "words",
                "opened_at",
                "ends_at",
                "reviewed_at",
                "justified",
                "finding",
            ),
            RECORD,
        ),
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(reviewed_at=None, reviewed_by=None)
                | models.Q(reviewed_at__isnull=False, reviewed_by__isnull=False),
                name="opening_reviewed_at_and_by",
            ),
        ]


class Entry(models.Model):
    """One line of the record: who did or read what, when. Written by `record`, never changed."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    transaction = models.BigIntegerField()
    # No foreign keys: the record must never stand in the way of what it records.
    actor_id = models.UUIDField(null=True)
    verb = models.TextField()
    person_id = models.UUIDField(null=True, db_index=True)
    envelopes = ArrayField(models.UUIDField())
    subject = models.TextField(blank=True)
    detail = models.JSONField()

    CLASSIFIED = {
        **dict.fromkeys(("id", "transaction", "actor_id", "person_id", "envelopes"), LINK),
        **dict.fromkeys(("at", "verb", "subject", "detail"), RECORD),
    }

    class Meta:
        db_table = "access_entry"
        indexes = [
            models.Index(fields=["actor_id", "at"], name="entries_of_actor"),
            BrinIndex(fields=["at"], name="entries_by_time"),
        ]


class Seal(models.Model):
    """A batch of entries with their digests, chained to the seal before and signed."""

    number = models.BigIntegerField(primary_key=True)
    sealed_at = models.DateTimeField()
    # The highest entry in this seal or an earlier one.
    upto = models.BigIntegerField()
    # Entries up to there that were not to be seen yet, as [first, last, horizon]: see `rules`.
    missing = models.JSONField()
    entries = ArrayField(models.BigIntegerField())
    digests = models.BinaryField()
    previous = models.BinaryField()
    # Which key signed: what it makes of a fixed word, so that another key is told from a forgery.
    key = models.TextField()
    signature = models.BinaryField()

    CLASSIFIED = dict.fromkeys(
        (
            "number",
            "sealed_at",
            "upto",
            "missing",
            "entries",
            "digests",
            "previous",
            "key",
            "signature",
        ),
        RECORD,
    )


class Protected(models.Model):
    """A row that lies in an envelope. Loading one is a read, and reads go on the record."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    envelope = models.ForeignKey(Envelope, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("agencies.User", on_delete=models.PROTECT, related_name="+")

    CLASSIFIED_HERE = {
        **dict.fromkeys(("id", "envelope"), LINK),
        "recorded_at": OF_ENVELOPE,
        "recorded_by": STAFF,
    }

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db, field_names, values):
        row = super().from_db(db, field_names, values)
        acting.note_read(row.__dict__.get("envelope_id"))
        return row
