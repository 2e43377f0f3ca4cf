"""What a survivor and a team write to each other, and what was said of it outside."""

from django.db import models

from onestory.agencies import columns
from onestory.kernel.classified import LINK, OF_ENVELOPE, STAFF
from onestory.people.models import OfPerson

LONGEST = 20_000


class Message(OfPerson):
    """Envelope `support`: one message between a person and one team. Nobody changes it afterwards.

    Only that team and the person read it, whoever else holds the envelope.
    """

    team = columns.team()
    from_person = models.BooleanField()
    words = models.TextField()
    read_at = models.DateTimeField(null=True)
    read_by = columns.user(null=True)

    CLASSIFIED = {
        **OfPerson.CLASSIFIED_HERE,
        "team": LINK,
        **dict.fromkeys(("from_person", "words", "read_at"), OF_ENVELOPE),
        "read_by": STAFF,
    }

    class Meta:
        indexes = [
            models.Index(
                fields=["team"],
                condition=models.Q(from_person=True, read_at=None),
                name="messages_that_wait_for_a_team",
            )
        ]
        constraints = [
            columns.both("read", "message_read_at_and_by"),
        ]


class Notice(OfPerson):
    """Envelope `support`: "There is a message for you" went out, or why it did not.

    Without the number: that stands where it was recorded.
    """

    class Outcome(models.TextChoices):
        SENT = "sent", "Sent"
        LATER = "later", "Waits for a safe time"
        HELD = "held", "Not sent"
        FAILED = "failed", "Could not be sent"

    team = columns.team()
    outcome = models.TextField(choices=Outcome.choices)
    why = models.TextField(blank=True)
    # When a notice that waits is tried again.
    again_at = models.DateTimeField(null=True)

    CLASSIFIED = {
        **OfPerson.CLASSIFIED_HERE,
        "team": LINK,
        **dict.fromkeys(("outcome", "why", "again_at"), OF_ENVELOPE),
    }
