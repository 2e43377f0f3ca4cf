"""A team's cases: in lists narrowed by codes, and one by one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Min, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from onestory.agencies.actor import Actor
from onestory.cases.models import Case
from onestory.kernel.calendar import FinancialYear, financial_years
from onestory.kernel.keyset import Window, window

ORDER = ("-opened_on", "-id")
MOST_COUNTED = 500


@dataclass(frozen=True)
class Narrowed:
    """Which cases a list shows. Codes of the area pack; empty is all of them."""

    year: str = ""
    month: str = ""
    category: str = ""
    area: str = ""
    group: str = ""
    abuse: str = ""
    risk_assessment: str = ""
    state: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "Narrowed":
        """From the address of a page; what cannot be understood narrows nothing."""
        given = {name: query.get(name, "") for name in cls.__dataclass_fields__}
        given["year"] = given["year"] if _period_of_year(given["year"]) else ""
        given["month"] = given["month"] if _period_of_month(given["month"]) else ""
        given["state"] = given["state"] if given["state"] in ("open", "closed") else ""
        return cls(**given)

    def condition(self) -> Q:
        found = Q()
        for first, past in filter(None, (_period_of_year(self.year), _period_of_month(self.month))):
            found &= Q(opened_on__gte=first, opened_on__lt=past)
        for name in ("category", "area", "group", "risk_assessment"):
            if code := getattr(self, name):
                found &= Q(**{name: code})
        if self.abuse:
            found &= Q(abuse__contains=[self.abuse])
        if self.state:
            found &= Q(closed_on__isnull=self.state == "open")
        return found


def cases(by: Actor, narrowed: Narrowed, *, after: str = "", before: str = "") -> Window:
    """A page of the cases of the actor's teams, the latest first. One query."""
    rows = _of_teams(by).filter(narrowed.condition()).select_related("team")
    return window(rows, ORDER, after=after, before=before)


def how_many(by: Actor, narrowed: Narrowed) -> int:
    """How many cases the whole list has; MOST_COUNTED + 1 if it has more than that.

    Whether a case is open to the actor is looked up one by one, so that counting all of a large
    team's would take longer than everything else on the page.
    """
    return _of_teams(by).filter(narrowed.condition())[: MOST_COUNTED + 1].count()


def years(by: Actor) -> tuple[FinancialYear, ...]:
    """The financial years in which the actor's teams opened cases. One query."""
    first = _of_teams(by).aggregate(first=Min("opened_on"))["first"]
    today = timezone.localdate()
    return financial_years(min(first or today, today), today)


def case(by: Actor, case_id: UUID) -> Case:
    """A case of one of the actor's teams. `Http404` for any other."""
    found = (
        _of_teams(by)
        .select_related("team", "person", "referral", "contact", "recorded_by")
        .filter(pk=case_id)
        .first()
    )
    if found is None:
        raise Http404
    return found


def _of_teams(by: Actor) -> QuerySet[Case]:
    return Case.objects.filter(team__in=by.team_ids)


def _period_of_year(label: str) -> tuple[date, date] | None:
    try:
        year = FinancialYear.parse(label)
        return year.start, FinancialYear(year.first + 1).start
    except ValueError:
        return None


def _period_of_month(label: str) -> tuple[date, date] | None:
    try:
        first = date.fromisoformat(f"{label}-01")
        return first, date(first.year + first.month // 12, first.month % 12 + 1, 1)
    except ValueError:
        return None
