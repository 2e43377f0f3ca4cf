"""A survivor's safety plan: its versions, and the steps that hold in each.

Steps are superseded, never overwritten. The steps of a version are those that held when it was
agreed, so every plan that ever was stays a query.
"""

from django.db import models

from onestory.agencies import columns
from onestory.kernel.classified import CODED, LINK, OF_ENVELOPE
from onestory.people.models import OfPerson, Superseded


class SafetyPlan(OfPerson):
    """A version of the plan, as it was agreed with her. In the envelope `risk`; never changed."""

    class Paper(models.TextChoices):
        SMALL = "small", "Small: a few lines that name no service"
        FULL = "full", "In full"
        NONE = "none", "On her own pages only: paper is not safe"

    team = columns.team()
    version = models.PositiveSmallIntegerField()
    paper = models.TextField(choices=Paper.choices)
    review_on = models.DateField()

    CLASSIFIED = {
        **OfPerson.CLASSIFIED_HERE,
        "team": LINK,
        **dict.fromkeys(("version", "paper", "review_on"), CODED),
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "version"], name="one_plan_of_a_version"),
        ]


class SafetyPlanStep(OfPerson, Superseded):
    """One thing to do, under a heading of the area.

    Shared, it lies in the envelope `risk`; else in `support`, for her and the team that wrote it.
    """

    team = columns.team()
    heading = models.TextField()
    words = models.TextField()
    shared = models.BooleanField()
    # The suggestion of the area that it was taken from, if it was.
    suggestion = models.TextField(blank=True)

    CLASSIFIED = {
        **OfPerson.CLASSIFIED_HERE,
        **Superseded.CLASSIFIED_SUPERSEDED,
        "team": LINK,
        "words": OF_ENVELOPE,
        **dict.fromkeys(("heading", "shared", "suggestion"), CODED),
    }

    class Meta:
        constraints = [
            columns.both("superseded", "plan_step_superseded_at_and_by"),
        ]
