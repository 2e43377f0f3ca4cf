"""That the danger has changed, and which teams have seen it."""

from django.db import models

from onestory.agencies import columns
from onestory.kernel.classified import CODED, LINK, OF_ENVELOPE
from onestory.people.models import OfPerson


class RiskChange(OfPerson):
    """Something after which the plan may no longer fit: somebody is released, she is pregnant.

    In the envelope `risk`: whoever holds it has this on their worklist until their team has seen it.
    """

    team = columns.team()
    kind = models.TextField()
    on = models.DateField()
    words = models.TextField(blank=True)

    CLASSIFIED = {
        **OfPerson.CLASSIFIED_HERE,
        "team": LINK,
        **dict.fromkeys(("kind", "on"), CODED),
        "words": OF_ENVELOPE,
    }

    class Meta:
        indexes = [models.Index(fields=["recorded_at"], name="risk_changes_by_time")]


class RiskChangeSeen(OfPerson):
    """Somebody of this team has seen a change. May be said by a team that may only read."""

    change = models.ForeignKey(RiskChange, on_delete=models.PROTECT, related_name="seen")
    team = columns.team()

    CLASSIFIED = {
        **OfPerson.CLASSIFIED_HERE,
        **dict.fromkeys(("change", "team"), LINK),
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["change", "team"], name="seen_once_by_a_team"),
        ]
