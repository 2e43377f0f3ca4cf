"""Compiled reports made from the latest snapshot: what a snapshot says is counted once."""

import json
from collections.abc import Mapping
from contextlib import ExitStack
from datetime import date
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

from onestory.agencies.area.compiled import Compiled
from onestory.agencies.pack import pack
from onestory.analysis import compiled, disclosure, measures, snapshots
from onestory.analysis.disclosure import Release
from onestory.analysis.measures import MeasureError
from onestory.analysis.measures.narrowing import Narrowed
from onestory.analysis.periods import ONE_DAY, Span, in_words
from onestory.analysis.report import Report
from onestory.analysis.snapshots import Snapshot
from onestory.kernel.calendar import FinancialYear
from onestory.kernel.errors import Refused
from onestory.reporting import kept
from onestory.reporting.definitions import definition_of
from onestory.reporting.measuring import latest, words_of
from onestory.reporting.releasing import folder, of_measures, one_at_a_time, released, rule_on

KEPT = 64
EARLIEST = date(1990, 1, 1)
OF = {
    "year": "a financial year, from 1 April to 31 March",
    "quarter": "a quarter of a financial year, such as 1 April to 30 June",
}
NO_SNAPSHOT = "This report is counted from a snapshot, and there is none yet."
Entered = Mapping[str, Mapping[str, str]]


def make_compiled(
    report: Compiled, from_: date, to: date, *, entered: Entered, entered_before: Entered
) -> Report:
    """A compiled report with every figure as it is: not for readers until it is released.

    Raises `Refused` where none can be made of these days, or of what was entered.
    """
    snapshot = latest()
    if snapshot is None:
        raise Refused(NO_SNAPSHOT)
    now = span_of(report, from_)
    if (now.start, now.end) != (from_, to) or from_ < EARLIEST:
        raise Refused(f"This report is of {OF[report.period]}.")
    if now.end >= snapshot.counted_to:
        raise Refused(
            f"{now.label} is not over in the latest snapshot, which goes to"
            f" {in_words(snapshot.counted_to)}: choose one before."
        )
    try:
        counted = _counted(report.code, now, rule_on(to).zeros_shown, snapshot.path)
        return compiled.report(counted, entered, entered_before)
    except (MeasureError, ValueError) as error:
        raise Refused(str(error)) from error


def look_at(report: Compiled, from_: date, to: date) -> Report:
    """A compiled report as readers see it, who may not see the records, without figures entered.

    Raises `Refused` as `make_compiled` does.
    """
    whole = make_compiled(report, from_, to, entered={}, entered_before={})
    return released_and_told(report, whole)[0]


def released_and_told(report: Compiled, whole: Report) -> tuple[Report, Release]:
    """A compiled report released. What it tells is kept as soon as somebody looks at it.

    It is held against what pages of measures told of the same tables of snapshots, and they against
    it: the same people see them, and may not see the records.
    """
    with ExitStack() as held:
        # Always in this order, so that no two wait for each other.
        places = folder(report.code), *_beside(report)
        kept_in = [held.enter_context(one_at_a_time(place)) for place in places]
        made, release = as_released(report, whole)
        for place in kept_in:
            disclosure.keep(place, release)
    return compiled.worded(made), release


def as_released(report: Compiled, whole: Report) -> tuple[Report, Release]:
    """A compiled report as it would be released now. Nothing is told by that yet."""
    return released(report.code, whole, _beside(report))


def _beside(report: Compiled) -> list[Path]:
    """Where it is kept what pages of measures told of its tables."""
    return [
        of_measures(table) for table in sorted({measures.find(c).table for c in _codes(report)})
    ]


def _codes(report: Compiled) -> set[str]:
    """All measures of a report."""
    return {code for part in report.sections for table in part.tables for code in table.measures}


def span_of(report: Compiled, day: date) -> Span:
    """The financial year or quarter in which a day lies."""
    year = FinancialYear.of(day)
    if report.period == "year":
        return Span(year.label, year.start, year.end, complete=True)
    turn = (day.month - 4) % 12 // 3
    months = year.months()
    end = months[turn * 3 + 3] - ONE_DAY if turn < 3 else year.end
    return Span(f"{year.label} Q{turn + 1}", months[turn * 3], end, complete=True)


def spans_over(report: Compiled, today: date, number: int) -> list[Span]:
    """The periods that are over on a day, the latest first."""
    found = [span_of(report, today)]
    while len(found) <= number:
        found.append(_before(report, found[-1]))
    return found[1:]


def usual_span(report: Compiled, snapshot: Snapshot) -> Span:
    """The last period that is over and of which something is recorded; else the last that is over."""
    [over] = spans_over(report, snapshot.counted_to, 1)
    last = _last_recorded(report.code, over.end, snapshot.path)
    return span_of(report, last) if last else over


@lru_cache(maxsize=KEPT)
def _last_recorded(code: str, end: date, path: Path) -> date | None:
    """The last day up to one on which anything came that a report counts."""
    report, snapshot = pack().compiled[code], snapshots.open(path)
    asked = {(one.table, one.on, one.team) for one in map(measures.find, _codes(report))}
    days = []
    for table, on, team in asked:
        where = {team: list(report.teams)} if team and report.teams else {}
        rows = Narrowed(snapshot, where).table(table)
        days.append(rows.filter(rows[on] <= end)[on].max().to_pyarrow().as_py())
    return max(filter(None, days), default=None)


def _before(report: Compiled, span: Span) -> Span:
    return span_of(report, span.start - ONE_DAY)


@lru_cache(maxsize=KEPT)
def _counted(code: str, now: Span, noughts: bool, path: Path) -> compiled.Counted:
    """A snapshot never changes, so that the same question has one answer, also tomorrow."""
    report, snapshot = pack().compiled[code], snapshots.open(path)
    definition, before = definition_of(report, pack()), _before(report, now)
    targets = _targets(report, now.end)

    def count() -> compiled.Counted:
        return compiled.count(
            definition,
            snapshot,
            now,
            before,
            made_at=snapshot.made_at,
            words=words_of,
            targets=targets,
            noughts=noughts,
        )

    def read(text: str) -> compiled.Counted:
        moments = snapshot.made_at, snapshot.counted_to
        return compiled.from_plain(json.loads(text), definition, *moments, now, before)

    asked = (definition, now, before, noughts, targets, _words(definition))
    return kept.answered(
        path, asked, count, lambda made: kept.to_json(compiled.to_plain(made)), read
    )


def _words(definition: compiled.Definition) -> list[Mapping[str, str]]:
    """The labels that stand in its tables."""
    parts = [part for chapter in definition.chapters for part in chapter.parts if part.by]
    return [words_of(part.by, measure.table) for part in parts for measure in part.found]


def _targets(report: Compiled, on: date) -> dict[str, Fraction]:
    """What the area aimed for at the end of the period, by the code of a measure."""
    codes = sorted(_codes(report))
    found = {code: pack().target(measures.find(code).target, on) for code in codes}
    return {code: Fraction(target.value) for code, target in found.items() if target}
