"""The cases behind a figure: those of one team, opened in a time, that the actor may see."""

from datetime import date
from uuid import UUID

from django.db.models import Q

from onestory.agencies.actor import Actor
from onestory.cases.models import Case
from onestory.cases.queries.cases import ORDER
from onestory.kernel.keyset import Window, window

SHOWN = ("reference", "opened_on", "closed_on", "category", "area", "group")
SIZE = 50


def cases_behind(
    by: Actor,
    *,
    team_id: UUID,
    opened: tuple[date, date],
    narrowed: Q,
    after: str = "",
    before: str = "",
) -> Window:
    """A page of the cases opened from one day to another, the latest first. One query.

    PostgreSQL shows only what is open to the actor; the figure itself counts all.
    """
    from_, to = opened
    rows = Case.objects.filter(narrowed, team_id=team_id, opened_on__gte=from_, opened_on__lte=to)
    return window(rows.only("envelope", *SHOWN), ORDER, after=after, before=before, size=SIZE)
