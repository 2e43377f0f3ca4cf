"""Sessions: planned, attended or not, and why not."""

from django.db import models

from onestory.agencies import columns
from onestory.kernel.classified import CODED, OF_ENVELOPE, STAFF
from onestory.support.models.bases import OfCase


class Session(OfCase):
    """One meeting with somebody, ahead or over. What kinds there are, the area says."""

    class State(models.TextChoices):
        PLANNED = "planned", "Planned"
        ATTENDED = "attended", "Attended"
        NOT_ATTENDED = "not-attended", "Not attended"

    kind = models.TextField()
    # Whether it is what the service is for, or support while waiting.
    own = models.BooleanField(default=True)
    channel = models.TextField()
    place = models.TextField(blank=True)
    starts_at = models.DateTimeField()
    minutes = models.SmallIntegerField(null=True)
    worker = columns.user()
    state = models.TextField(choices=State.choices, default=State.PLANNED)
    absence = models.TextField(blank=True)
    # A line for the team. What a therapist notes has an envelope of its own.
    words = models.TextField(blank=True)
    version = models.IntegerField(default=0)

    CLASSIFIED = {
        **OfCase.CLASSIFIED_HERE,
        "worker": STAFF,
        **dict.fromkeys(("place", "words", "version"), OF_ENVELOPE),
        **dict.fromkeys(
            ("kind", "own", "channel", "starts_at", "minutes", "state", "absence"), CODED
        ),
    }

    class Meta:
        indexes = [
            models.Index(fields=["case", "-starts_at", "-id"], name="sessions_of_case"),
            models.Index(fields=["person", "starts_at"], name="sessions_of_person"),
        ]
