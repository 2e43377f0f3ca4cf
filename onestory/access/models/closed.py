"""A record closed to somebody in spite of a grant, or opened without one."""

from django.db import models

from onestory.agencies import columns
from onestory.kernel.classified import LINK, OF_ENVELOPE, RECORD
from onestory.kernel.ids import new_id


class Barring(models.Model):
    """A person's record closed to a named user, whatever their team may open."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person_id = models.UUIDField()
    user = columns.user()
    reason = models.TextField()
    barred_by = columns.user()
    barred_at = models.DateTimeField()
    ended_by = columns.user(null=True)
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
            columns.both("ended", "barring_ended_at_and_by"),
        ]


class EmergencyOpening(models.Model):
    """Break-glass: a record opened without a grant, for 24 hours, for a guardian to review."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person_id = models.UUIDField()
    opened_by = columns.user()
    team = columns.team()
    reason = models.TextField()
    words = models.TextField(blank=True)
    opened_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reviewed_by = columns.user(null=True)
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
            columns.both("reviewed", "opening_reviewed_at_and_by"),
        ]
