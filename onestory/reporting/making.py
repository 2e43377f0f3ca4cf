"""A yearly report made from the cases as they are now. Without identity, so nobody has to act."""

from datetime import date, timedelta

from django.utils import timezone

from onestory.agencies.area import Report as Definition
from onestory.agencies.pack import pack
from onestory.analysis.performance import report
from onestory.analysis.report import Report
from onestory.cases.export import Days, case_rows
from onestory.kernel.calendar import FinancialYear, financial_years
from onestory.kernel.errors import Refused
from onestory.reporting.definitions import settings_of

EARLIEST = date(1990, 1, 1)
MOST_YEARS = 10
USUAL_YEARS = 3
ONE_DAY = timedelta(days=1)


def make(definition: Definition, from_: date, to: date) -> Report:
    """The report on the cases opened from one day to another, both counted.

    Raises `Refused` if the period makes no report.
    """
    check_period(from_, to)
    return report(
        case_rows(definition.team, from_, to),
        settings_of(definition, pack()),
        from_,
        to,
        made_at=timezone.localtime(),
    )


def check_period(from_: date, to: date) -> None:
    """Raise `Refused` unless a report can be made of these days."""
    if to < from_:
        raise Refused("The period must not end before it begins.")
    if from_ < EARLIEST:
        raise Refused(f"The period must not begin before {EARLIEST.year}.")
    if to > _this_year().end + ONE_DAY * 366:
        raise Refused("The period must not end later than next financial year.")
    if len(financial_years(from_, to)) > MOST_YEARS:
        raise Refused(f"A report compares at most {MOST_YEARS} financial years.")


def usual_period(days: Days | None) -> tuple[date, date]:
    """The last three whole years with cases; the year that runs if there are none before it.

    `days` are those of the team's first and last case.
    """
    this = _this_year()
    if days is None or FinancialYear.of(days[0]) >= this:
        return this.start, this.end
    last = min(FinancialYear.of(days[1]).first, this.first - 1)
    first = max(FinancialYear.of(days[0]).first, last - USUAL_YEARS + 1)
    return FinancialYear(first).start, FinancialYear(last).end


def years_to_choose(days: Days | None) -> list[FinancialYear]:
    """The financial years from the team's first case until now, the latest first."""
    this = _this_year()
    first = min(FinancialYear.of(days[0]), this) if days else this
    return list(reversed(financial_years(first.start, this.end)))


def _this_year() -> FinancialYear:
    return FinancialYear.of(timezone.localdate())
