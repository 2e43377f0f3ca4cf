"""What a compiled report is made of, and what can be wrong with that."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from onestory.analysis.charts import KINDS
from onestory.analysis.compiled.entering import EntryTable
from onestory.analysis.marac import BENCHMARKS
from onestory.analysis.measures import MEASURES, Measure, MeasureError, find
from onestory.analysis.measures.measure import COUNTS, TIMES
from onestory.analysis.tables import TABLES

# Of the kinds of charts, those that can be drawn of measures.
DRAWN = ("bars", "funnel", "lines")


@dataclass(frozen=True, kw_only=True)
class Part:
    """A table of a report: one measure cut by a group, or a row for each of several measures.

    `where` leaves only some rows of the snapshot. `whose` is the column in which the report's teams
    are looked for, if not that by which a measure knows teams: those who sent, not those who got.
    `target` sets beside a measure what is aimed for.
    """

    key: str
    measures: tuple[str, ...]
    title: str = ""
    by: str = ""
    compared: bool = True
    chart: str = ""
    target: bool = False
    where: Mapping[str, Any]
    whose: str = ""

    @property
    def over_time(self) -> bool:
        """Whether its rows are months or quarters of the period."""
        return self.by in TIMES

    @property
    def found(self) -> tuple[Measure, ...]:
        return tuple(find(code) for code in self.measures)


@dataclass(frozen=True)
class RatePopulation:
    """How many people there are from a day on, and who says so."""

    from_: date
    value: int
    source: str
    verified: bool


@dataclass(frozen=True)
class Staff:
    """Whom a count needs, one for each so many as a benchmark says; another may be named beside it."""

    title: str
    benchmark: str
    beside: str = ""


@dataclass(frozen=True, kw_only=True)
class Rate:
    """Tables of one count over twelve months: by quarter, for each so many of a population, and the
    `staff` that it needs. Where nothing of the measure `recorded` is there, a quarter is missing.
    """

    key: str
    title: str
    measure: str
    recorded: str
    of: str
    per: int
    populations: tuple[RatePopulation, ...]
    benchmark: str = ""
    staff: tuple[Staff, ...] = ()

    @property
    def by_quarter_key(self) -> str:
        return f"{self.key}-by-quarter"

    @property
    def staff_key(self) -> str:
        return f"{self.key}-staff"

    @property
    def keys(self) -> tuple[str, ...]:
        """Those of its tables, in their order."""
        return (self.by_quarter_key, self.key, *[self.staff_key] * bool(self.staff))

    @property
    def unit(self) -> str:
        return f"for each {self.per:,}"

    def at(self, day: date) -> RatePopulation | None:
        """The population that is known of a day."""
        known = [one for one in self.populations if one.from_ <= day]
        return max(known, key=lambda one: one.from_, default=None)


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """A section of a report. `words` stand in every edition, and so hold no figures."""

    key: str
    heading: str
    words: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    entries: tuple[EntryTable, ...] = ()
    rates: tuple[Rate, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Definition:
    """A compiled report. `teams` are those whose records it counts; without any, all of them."""

    code: str
    title: str
    owner: str
    period: str
    chapters: tuple[Chapter, ...]
    introduction: tuple[str, ...] = ()
    teams: Mapping[str, str]
    source: str = ""

    @property
    def entries(self) -> tuple[EntryTable, ...]:
        return tuple(table for chapter in self.chapters for table in chapter.entries)


def is_count(measure: Measure) -> bool:
    """Whether it counts, and divides by nothing."""
    return isinstance(measure.numerator, COUNTS) and measure.denominator is None


def faults(definition: Definition, targets: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """Everything that is wrong: where, of which key, and what. `targets` are those of the area."""
    yield from _twice(definition)
    for chapter in definition.chapters:
        for part in chapter.parts:
            where = f"sections '{chapter.key}', tables '{part.key}'"
            for key, message in _of_part(part, definition, targets):
                yield where, key, message
        for rate in chapter.rates:
            for key, message in _of_rate(rate, definition):
                yield f"sections '{chapter.key}', rates '{rate.key}'", key, message


def _of_rate(rate: Rate, definition: Definition) -> Iterator[tuple[str, str]]:
    """What cannot be divided by a population, or measured against what nobody expects."""
    for key, code in (("measure", rate.measure), ("recorded", rate.recorded)):
        if code not in MEASURES or not is_count(MEASURES[code]):
            yield key, f"'{code}' is no measure that counts"
        elif definition.teams and MEASURES[code].team is None:
            yield key, f"'{code}' cannot be counted for single teams"
    named = [("benchmark", rate.benchmark)]
    named += [(key, getattr(one, key)) for one in rate.staff for key in ("benchmark", "beside")]
    for key, code in named:
        if code and code not in BENCHMARKS:
            known = ", ".join(BENCHMARKS)
            yield key, f"there is no benchmark '{code}': there are {known}"


def _twice(definition: Definition) -> Iterator[tuple[str, str, str]]:
    """Sections and tables are told apart by their keys."""
    seen: set[str] = set()
    for chapter in definition.chapters:
        if chapter.key in seen:
            yield f"sections '{chapter.key}'", "key", "this key is used twice"
        seen.add(chapter.key)
    seen = set()
    for chapter in definition.chapters:
        tables = [table.key for table in (*chapter.parts, *chapter.entries)]
        for key in (*tables, *(key for rate in chapter.rates for key in rate.keys)):
            if key in seen:
                yield (
                    f"sections '{chapter.key}', tables '{key}'",
                    "key",
                    "this key is used twice: give one of the two another",
                )
            seen.add(key)


def _of_part(
    part: Part, definition: Definition, targets: Collection[str]
) -> Iterator[tuple[str, str]]:
    known = []
    for code in part.measures:
        if code in MEASURES:
            known.append(MEASURES[code])
            continue
        try:
            find(code)
        except MeasureError as error:
            yield "measures", str(error)
    if len(known) < len(part.measures):
        return
    yield from _of_group(part, known)
    yield from _of_chart(part, known)
    yield from _of_rows(part, known, definition)
    for measure in known if part.target else ():
        if measure.target is None:
            yield "target", f"nothing is aimed for of the measure '{measure.code}'"
        elif measure.target not in targets:
            yield "target", f"the area has no target '{measure.target}'"


def _of_group(part: Part, known: list[Measure]) -> Iterator[tuple[str, str]]:
    if part.by and len(known) > 1:
        yield "by", "a table of several measures is cut by nothing"
    for measure in known if part.by else ():
        if part.by not in measure.cuts:
            cuts = ", ".join(measure.cuts)
            yield "by", f"the measure '{measure.code}' has no group '{part.by}': it has {cuts}"
    if part.over_time and part.compared:
        yield "compared", "months and quarters are not set beside those of the period before"
    if part.target and part.by and not part.over_time:
        yield "target", "a target is set beside the whole or its months, not beside groups"
    units = {"" if is_count(measure) else measure.unit for measure in known}
    if len(units) > 1:
        yield "measures", "one table holds only counts, or figures of one unit"


def _of_chart(part: Part, known: list[Measure]) -> Iterator[tuple[str, str]]:
    if part.chart and part.chart not in DRAWN:
        of = "of no measure" if part.chart in KINDS else "not known"
        yield "chart", f"'{part.chart}' is {of}: a chart is one of {', '.join(DRAWN)}"
    if part.chart == "lines" and not part.over_time:
        yield "chart", "lines are drawn over months, quarters or years"
    if part.chart == "funnel" and (part.by or not all(map(is_count, known))):
        yield "chart", "a funnel is drawn of counts, one measure after another"


def _of_rows(part: Part, known: list[Measure], definition: Definition) -> Iterator[tuple[str, str]]:
    if (part.where or part.whose) and not part.title:
        yield "title", "a table of some of the rows must say which: give it a title"
    if part.whose and not definition.teams:
        yield "whose", "the report is of all teams, and so of nobody in particular"
    for measure in known:
        columns = TABLES[measure.table].by_code
        for key, named in (("where", [*part.where]), ("whose", [part.whose] * bool(part.whose))):
            for column in named:
                if column not in columns:
                    yield key, f"the table '{measure.table}' has no column '{column}'"
        if definition.teams and measure.team is None and not part.whose:
            yield "measures", f"'{measure.code}' cannot be counted for single teams"
