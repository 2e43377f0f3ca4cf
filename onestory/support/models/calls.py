"""Calls to somebody, answered or not."""

from django.db import models

from onestory.agencies import columns
from onestory.kernel.classified import CODED, LINK, OF_ENVELOPE
from onestory.people.models import OfPerson


class Call(OfPerson):
    """One attempt to speak to somebody, and what came of it. Its team's own.

    Its id is given by the page on which it was typed, so that what is sent twice is there once.
    """

    class Outcome(models.TextChoices):
        ANSWERED = "answered", "Spoke to them"
        NOT_ANSWERED = "not-answered", "Nobody answered"
        NOT_SAFE = "not-safe", "Answered, but it was not safe to talk"
        WRONG_NUMBER = "wrong-number", "Wrong number"
        SOMEBODY_ELSE = "somebody-else", "Somebody else answered"

    class Left(models.TextChoices):
        NOTHING = "", "Nothing"
        VOICEMAIL = "voicemail", "A voicemail"
        TEXT = "text", "A text message"

    team = columns.team()
    at = models.DateTimeField()
    phone = models.ForeignKey("people.Phone", on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.TextField(choices=Outcome.choices)
    left = models.TextField(choices=Left.choices, blank=True)
    said = models.TextField(blank=True)
    # When to try again.
    next_at = models.DateTimeField(null=True)

    CLASSIFIED = {
        **OfPerson.CLASSIFIED_HERE,
        **dict.fromkeys(("team", "phone"), LINK),
        **dict.fromkeys(("left", "said"), OF_ENVELOPE),
        **dict.fromkeys(("at", "outcome", "next_at"), CODED),
    }

    class Meta:
        indexes = [models.Index(fields=["person", "team", "-at"], name="calls_to_person")]
