"""A plan: goals in the survivor's words, measured, and the steps that were agreed.

Goals and steps are superseded, never overwritten: the plan as it was on a day stays a query.
"""

from django.db import models

from onestory.kernel.classified import CODED, LINK, OF_ENVELOPE
from onestory.people.models import Superseded
from onestory.support.models.bases import OfCase


class Goal(OfCase, Superseded):
    """What the survivor wants, as she says it.

    Measured by her own word from 1 to 10, or by what an instrument comes to.
    """

    class End(models.TextChoices):
        REACHED = "reached", "Reached"
        PARTLY = "partly", "Partly reached"
        NOT = "not", "Not reached"
        DROPPED = "dropped", "No longer wanted"
        # Not what came of it: whoever carried it with her gave her back.
        LEFT = "left", "Nobody works on this now"

    # What a worker can say of it with her: all but the last.
    SAID = tuple(End.choices[:-1])

    # Stays the same when a goal is put in other words: its measures hang on it.
    thread = models.UUIDField(db_index=True)
    words = models.TextField()
    instrument = models.TextField(blank=True)
    ended_on = models.DateField(null=True)
    end = models.TextField(choices=End.choices, blank=True)

    CLASSIFIED = {
        **OfCase.CLASSIFIED_HERE,
        **Superseded.CLASSIFIED_SUPERSEDED,
        "thread": LINK,
        "words": OF_ENVELOPE,
        **dict.fromkeys(("instrument", "ended_on", "end"), CODED),
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["thread"], condition=models.Q(superseded_at=None), name="one_goal_now"
            ),
        ]


class Measure(OfCase):
    """How near a goal is, at the start, at a review or at the end."""

    class At(models.TextChoices):
        START = "start", "At the start"
        REVIEW = "review", "At a review"
        END = "end", "At the end"

    thread = models.UUIDField(db_index=True)
    at = models.TextField(choices=At.choices)
    on = models.DateField()
    value = models.FloatField()
    # The sitting of an assessment that it comes from, if it was not simply said.
    sitting_id = models.UUIDField(null=True)

    CLASSIFIED = {
        **OfCase.CLASSIFIED_HERE,
        **dict.fromkeys(("thread", "sitting_id"), LINK),
        **dict.fromkeys(("at", "on", "value"), CODED),
    }


class Step(OfCase, Superseded):
    """Something that was agreed: who does what by when."""

    thread = models.UUIDField(null=True, db_index=True)
    words = models.TextField()
    who = models.TextField()
    by_on = models.DateField(null=True)
    done_on = models.DateField(null=True)

    CLASSIFIED = {
        **OfCase.CLASSIFIED_HERE,
        **Superseded.CLASSIFIED_SUPERSEDED,
        "thread": LINK,
        **dict.fromkeys(("words", "who"), OF_ENVELOPE),
        **dict.fromkeys(("by_on", "done_on"), CODED),
    }
