"""The record of who did and read what, and its seals."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from onestory.kernel.classified import LINK, RECORD


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
