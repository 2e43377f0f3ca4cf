"""Reports made from the figures as they are now. Without identity, so nobody has to act."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from django.utils import timezone

from onestory.agencies.area import Report as Definition
from onestory.agencies.pack import pack
from onestory.analysis import compiled
from onestory.analysis.compiled import EntryTable
from onestory.analysis.disclosure import Release
from onestory.analysis.performance import HEADINGS, report
from onestory.analysis.report import Report
from onestory.cases.export import Days, case_rows
from onestory.kernel.calendar import FinancialYear, financial_years
from onestory.kernel.errors import Refused
from onestory.reporting.compiling import make_compiled, released_and_told
from onestory.reporting.definitions import definition_of, settings_of
from onestory.reporting.releasing import released

EARLIEST = date(1990, 1, 1)
MOST_YEARS = 10
USUAL_YEARS = 3
ONE_DAY = timedelta(days=1)
Entered = Mapping[str, Mapping[str, str]]
"""By the key of an entry table: by place (see `EntryTable.place`), what was typed there."""
NOTHING: Entered = {}


def made_for_edition(
    code: str,
    from_: date,
    to: date,
    *,
    comments: Mapping[str, str],
    entered: Entered,
    entered_before: Entered = NOTHING,
) -> tuple[Report, Release]:
    """A report for an edition, released by the area's rule, and what it tells.

    Of a yearly report nothing is kept yet: its authors may see the records. Of a compiled one it is.
    `comments` are the author's words, by the key of the section in which they stand; `entered` and
    `entered_before` what was entered by hand for this edition and for the last one. Raises
    `Refused` where no report can be made of these.
    """
    if unknown := comments.keys() - dict(sections_of(code)).keys():
        raise Refused(f"The report has no section {', '.join(sorted(unknown))}.")
    if code in pack().compiled:
        definition = pack().compiled[code]
        whole = make_compiled(definition, from_, to, entered=entered, entered_before=entered_before)
        made, release = released_and_told(definition, whole)
    elif entered or entered_before:
        raise Refused("The report has no table to enter.")
    else:
        made, release = released(code, make(pack().reports[code], from_, to))
    sections = tuple(
        replace(section, comment=comments.get(section.key, "")) for section in made.sections
    )
    return replace(made, sections=sections), release


def sections_of(code: str) -> tuple[tuple[str, str], ...]:
    """The sections of a report: the key and the heading of each."""
    if code in pack().compiled:
        return compiled.headings(definition_of(pack().compiled[code], pack()))
    return tuple(HEADINGS.items())


def entries_of(code: str) -> tuple[EntryTable, ...]:
    """The tables of a report that are entered by hand."""
    if code in pack().compiled:
        return definition_of(pack().compiled[code], pack()).entries
    return ()


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
