"""Runs measures over a snapshot: the language in ibis, which DuckDB and Spark both understand."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Protocol

import ibis
from ibis import Table
from ibis.expr.types import DateValue, StringValue

from onestory.analysis.measures import translate
from onestory.analysis.measures.checking import check, reads_end
from onestory.analysis.measures.counting import GROUP, PERSON, Asked
from onestory.analysis.measures.figures import (
    Counted,
    empty,
    figure,
    ordered,
    overlapping,
    spans,
)
from onestory.analysis.measures.measure import (
    AGE_BANDS,
    EVERYTHING,
    TIMES,
    Measure,
    Result,
    notes_of,
)
from onestory.analysis.periods import Span


class Countable(Protocol):
    """What measures run over: a snapshot, or anything else with these two."""

    counted_to: date

    def table(self, code: str) -> Table: ...


def run(
    measure: Measure,
    snapshot: Countable,
    period: Span,
    *,
    area: str | None = None,
    team: str | None = None,
    by: str | None = None,
    words: Mapping[str, str] | None = None,
) -> Result:
    """Run a measure over a period, for an area or team if given, cut by a group if given.

    `words` goes from the codes of that group to what people read, in the order in which they are
    listed. MeasureError says what cannot be asked.
    """
    return run_all([measure], snapshot, period, area=area, team=team, by=by, words=words)[0]


def run_all(
    measures: Sequence[Measure],
    snapshot: Countable,
    period: Span,
    *,
    area: str | None = None,
    team: str | None = None,
    by: str | None = None,
    words: Mapping[str, str] | None = None,
) -> list[Result]:
    """Run several measures at once: those of the same rows are counted in one go."""
    tables = {code: snapshot.table(code) for code in {one.table for one in measures}}
    together: dict[tuple, list[Measure]] = {}
    for one in measures:
        check(one, tables[one.table].columns, by=by, area=area, team=team)
        places = area and one.area, team and one.team
        rows = (one.table, one.on, one.until, one.any_time, *places)
        together.setdefault(rows, []).append(one)
    found = {}
    for some in together.values():
        scan = Scan(some, tables[some[0].table], period, snapshot.counted_to, area, team)
        for one, result in zip(some, scan.results(by, words or {}), strict=True):
            found[one] = result
    return [found[one] for one in measures]


class Scan:
    """The rows of a period, place and team, and what measures count in them."""

    def __init__(self, measures, table, period, counted_to, area=None, team=None):
        self.measures: Sequence[Measure] = measures
        self.period: Span = period
        self.counted_to: date = counted_to
        self.area: str | None = area
        self.team: str | None = team
        self.on, self.until = measures[0].on, measures[0].until
        self.any_time: bool = measures[0].any_time
        self.end = min(period.end, counted_to)
        for column, code in ((measures[0].area, area), (measures[0].team, team)):
            if code is not None:
                table = table.filter(table[column] == code)
        self.table: Table = table
        self.has_person = PERSON in table.columns

    def results(
        self, by: str | None, words: Mapping[str, str], of: Sequence[Measure] = ()
    ) -> list[Result]:
        """A result for each of the measures, or for some `of` them. Totals are counted once."""
        wanted = of or self.measures
        groups = self._groups(by, wanted) if by else {}
        return [
            self._result(
                one, by, words, self.totals[one], {g: all_[number] for g, all_ in groups.items()}
            )
            for number, one in enumerate(wanted)
        ]

    @cached_property
    def totals(self) -> dict[Measure, Counted]:
        """What each of the measures counts in all rows."""
        counted = self._total(self.period.start, self.end, self.measures)
        return dict(zip(self.measures, counted, strict=True))

    def _result(self, measure, by, words, total: Counted, found: Mapping) -> Result:
        begun = self.period.start <= self.counted_to
        nothing = empty(measure, self.has_person)
        listed = ordered(by, found, nothing, words, self.period, self.counted_to) if by else ()
        is_list = by in self.table.columns and self.table[by].type().is_array()
        overlaps = overlapping(measure, by, is_list)
        return Result(
            measure=measure,
            period=self.period,
            counted_to=self.counted_to,
            total=figure(measure, total, None, EVERYTHING, begun),
            by=by,
            cells=tuple(figure(measure, one, code, label, begun) for code, label, one in listed),
            area=self.area,
            team=self.team,
            overlaps=overlaps,
            notes=notes_of(measure, self.period, self.counted_to, overlaps),
        )

    def _groups(self, by: str, of: Sequence[Measure]) -> dict[str | None, list[Counted]]:
        """What each group counts; those of which nothing is counted may be absent."""
        if self.end < self.period.start:
            return {}
        if by not in TIMES:
            return self._grouped(lambda rows: _group(rows, by), of)
        cut = spans(by, self.period, self.counted_to)
        if any(one.standing or reads_end(one) for one in of):
            return {span.label: self._total(span.start, span.end, of) for span in cut}
        labels = {str(_turn(by, span.start.year, span.start.month)): span.label for span in cut}
        found = self._grouped(lambda rows: _turn_of(rows[self.on], by), of)
        return {labels[turn]: counted for turn, counted in found.items()}

    def _grouped(
        self, group: Callable[[Table], StringValue], of: Sequence[Measure]
    ) -> dict[str | None, list[Counted]]:
        rows = self._rows(self.period.start, self.end)
        rows = rows.mutate(**{GROUP: group(rows)})
        return Asked(of, rows, self.end).by_group()

    def _total(self, start: date, end: date, of: Sequence[Measure]) -> list[Counted]:
        """What the rows of these days count."""
        end = min(end, self.end)
        if end < start:
            return [empty(one, self.has_person) for one in of]
        return Asked(of, self._rows(start, end), end).counted()

    def _rows(self, start: date, end: date) -> Table:
        on = self.table[self.on]
        if self.until is None:
            return self.table.filter(translate.during(on, start, end))
        until = self.table[self.until]
        if self.any_time:
            return self.table.filter(translate.at_any_time(on, until, start, end))
        return self.table.filter(translate.standing(on, until, end))


def _turn(by: str, year, month):
    """Which month, quarter or financial year it is, counted from the beginning of the calendar."""
    index = year * 12 + month - 1
    return {"month": index, "quarter": index // 3, "year": (index - 3) // 12}[by]


def _turn_of(on: DateValue, by: str) -> StringValue:
    return _turn(by, on.year().cast("int64"), on.month().cast("int64")).cast(str)


def _group(rows: Table, by: str) -> StringValue:
    """The group of each row: a column, its age band, or each different code of a list."""
    if by == "age_band":
        return ibis.cases(
            *((rows.age.between(first, last), name) for first, last, name in AGE_BANDS)
        )
    column = rows[by]
    if column.type().is_array():
        nothing = ibis.literal([None], type=column.type())
        return ibis.ifelse(
            (column.length() > 0).fill_null(False), column.unique(), nothing
        ).unnest()
    return column.cast(str)
