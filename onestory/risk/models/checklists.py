"""What a checklist came to, and what the worker made of it. Written once and never changed."""

from django.db import models
from django.db.models import Q

from onestory.agencies import columns
from onestory.assessment.models import Sitting
from onestory.kernel.classified import CODED, LINK, OF_ENVELOPE
from onestory.people.models import OfPerson


class RiskAssessment(OfPerson):
    """One result, in the envelope `risk`: of a sitting here, or sent by somebody from outside.

    Counts, level and the rule that gave it are kept as they were that day, so that another version
    of the form, or another threshold, changes nothing of it.
    """

    team = columns.team()
    # None where somebody from outside sent the result: then `sent_by` says who.
    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, null=True, related_name="+")
    sent_by = models.TextField(blank=True)
    instrument = models.TextField()
    version = models.SmallIntegerField()
    yes = models.PositiveSmallIntegerField(default=0)
    no = models.PositiveSmallIntegerField(default=0)
    # She does not know, or would rather not say.
    unknown = models.PositiveSmallIntegerField(default=0)
    not_asked = models.PositiveSmallIntegerField(default=0)
    # What a form from outside came to, where its sender said a number.
    score = models.PositiveSmallIntegerField(null=True)
    # The level by the area's rule for this form; empty where it has none, or too little is known.
    computed = models.TextField(blank=True)
    threshold = models.TextField(blank=True)
    # As it was judged: never below what was computed.
    level = models.TextField()
    reason = models.TextField(blank=True)
    assessed_at = models.DateTimeField()

    CLASSIFIED = {
        **OfPerson.CLASSIFIED_HERE,
        **dict.fromkeys(("team", "sitting"), LINK),
        **dict.fromkeys(
            (
                "instrument",
                "version",
                "yes",
                "no",
                "unknown",
                "not_asked",
                "score",
                "computed",
                "threshold",
                "level",
                "assessed_at",
            ),
            CODED,
        ),
        **dict.fromkeys(("sent_by", "reason"), OF_ENVELOPE),
    }

    class Meta:
        indexes = [models.Index(fields=["person", "assessed_at"], name="risk_of_person_by_time")]
        constraints = [
            models.CheckConstraint(
                condition=Q(sitting__isnull=False, sent_by="", score=None)
                | Q(sitting=None) & ~Q(sent_by=""),
                name="risk_from_a_sitting_or_from_outside",
            ),
            models.CheckConstraint(condition=~Q(level=""), name="risk_has_a_level"),
            models.CheckConstraint(
                condition=Q(computed="", threshold="") | ~Q(computed="") & ~Q(threshold=""),
                name="risk_computed_by_a_threshold",
            ),
            models.UniqueConstraint(fields=["sitting"], name="one_result_of_a_sitting"),
        ]
