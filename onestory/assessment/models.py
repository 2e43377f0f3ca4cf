"""What was asked and what was answered: one history for a question, whichever instrument asks it."""

from django.db import models
from django.db.models import Q

from onestory.agencies import columns
from onestory.kernel.classified import CODED, LINK, OF_ENVELOPE
from onestory.people.models import OfPerson, Superseded


class Sitting(OfPerson):
    """A time that a team sat down with somebody over an instrument. An assessment takes several.

    It begins when it is recorded. Envelope: `support`, or where that is closed to the team another
    that the instrument writes in.
    """

    team = columns.team()
    instrument = models.TextField()
    version = models.SmallIntegerField()
    # At the start, at a review, at the end: for instruments where that matters.
    occasion = models.TextField(blank=True)
    last_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    # The last saving heard from each opening of a page.
    heard = models.JSONField(default=dict)

    CLASSIFIED = {
        **OfPerson.CLASSIFIED_HERE,
        "team": LINK,
        **dict.fromkeys(("instrument", "version", "occasion", "last_at", "ended_at"), CODED),
        "heard": OF_ENVELOPE,
    }

    @property
    def begun_at(self):
        return self.recorded_at


class Answer(OfPerson, Superseded):
    """What somebody answered to a question, in the envelope that the question names."""

    class How(models.TextChoices):
        ASKED = "asked", "Asked"
        CONFIRMED = "confirmed", "Asked whether it still holds"
        TOLD = "told", "Told by herself"
        CORRECTED = "corrected", "Corrected by herself"

    question = models.TextField()
    # As the kind of question has it: a code, codes, words, a number, a day.
    value = models.JSONField()
    note = models.TextField(blank=True)
    team = columns.team()
    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, null=True, related_name="+")
    how = models.TextField(choices=How.choices)
    # The answer that this one confirms: who asked first, and when.
    confirms = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    # The opening of a page that it was typed on, which may go on typing.
    tab = models.TextField(blank=True)

    CLASSIFIED = {
        **OfPerson.CLASSIFIED_HERE,
        **Superseded.CLASSIFIED_SUPERSEDED,
        **dict.fromkeys(("question", "how"), CODED),
        **dict.fromkeys(("value", "note", "tab"), OF_ENVELOPE),
        **dict.fromkeys(("team", "sitting", "confirms"), LINK),
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "question"],
                condition=Q(superseded_at=None),
                name="one_answer_now",
            ),
            columns.both("superseded", "answer_superseded_at_and_by"),
            models.CheckConstraint(
                condition=Q(how="confirmed", confirms__isnull=False)
                | ~Q(how="confirmed") & Q(confirms=None),
                name="answer_confirms_another",
            ),
        ]


class Asking(OfPerson):
    """That a question was put to somebody in a sitting, and whether it was already answered.

    One for a question and a sitting, however often the answer is changed in it. Measures that are
    meant to be asked each time leave none.
    """

    class Outcome(models.TextChoices):
        ANSWERED = "answered", "Answered"
        CONFIRMED = "confirmed", "Still held"
        LEFT = "left", "Left"

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="+")
    team = columns.team()
    question = models.TextField()
    outcome = models.TextField(choices=Outcome.choices)
    # Answered before, as the one who asked could see; and whether that answer still held.
    known = models.BooleanField()
    held = models.BooleanField()

    CLASSIFIED = {
        **OfPerson.CLASSIFIED_HERE,
        **dict.fromkeys(("sitting", "team"), LINK),
        **dict.fromkeys(("question", "outcome", "known", "held"), CODED),
    }

    class Meta:
        indexes = [models.Index(fields=["recorded_at", "team"], name="askings_by_time")]
        constraints = [
            models.UniqueConstraint(fields=["sitting", "question"], name="asked_once_a_sitting"),
            models.CheckConstraint(condition=Q(held=False) | Q(known=True), name="held_is_known"),
        ]
