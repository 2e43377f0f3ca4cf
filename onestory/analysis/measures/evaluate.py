"""Runs measures over a snapshot: the language in ibis, which DuckDB and Spark both understand."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Protocol

import ibis
from ibis import Table
from ibis.expr.types import BooleanScalar, StringValue

from onestory.analysis.measures import language as say
from onestory.analysis.measures import translate
from onestory.analysis.measures.checking import check
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

GROUP = "group"


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
    table = snapshot.table(measure.table)
    check(measure, table.columns, by=by, area=area, team=team)
    scan = Scan(measure, table, period, snapshot.counted_to, area, team)
    begun = period.start <= snapshot.counted_to
    found = scan.groups(by) if by else {}
    listed = ordered(by, found, scan.empty, words or {}, period, snapshot.counted_to) if by else ()
    overlaps = scan.overlaps(by)
    return Result(
        measure=measure,
        period=period,
        counted_to=snapshot.counted_to,
        total=figure(measure, scan.total, None, EVERYTHING, begun),
        by=by,
        cells=tuple(figure(measure, one, code, label, begun) for code, label, one in listed),
        area=area,
        team=team,
        overlaps=overlaps,
        notes=notes_of(measure, period, snapshot.counted_to, overlaps),
    )


class Scan:
    """The rows of a period, place and team, and what a measure counts in them."""

    def __init__(self, measure, table, period, counted_to, area=None, team=None):
        self.measure: Measure = measure
        self.period: Span = period
        self.counted_to: date = counted_to
        self.end = min(period.end, counted_to)
        for column, code in ((measure.area, area), (measure.team, team)):
            if code is not None:
                table = table.filter(table[column] == code)
        self.table: Table = table
        self.has_person = translate.PERSON in table.columns
        self.empty = empty(measure, self.has_person)

    @cached_property
    def total(self) -> Counted:
        """All rows of the period."""
        return self._total(self.period.start, self.end)

    def groups(self, by: str) -> dict[str | None, Counted]:
        """What each group counts; those of which nothing is counted may be absent."""
        if by in TIMES:
            return {
                span.label: self._total(span.start, span.end)
                for span in spans(by, self.period, self.counted_to)
            }
        rows = self._rows(self.period.start, self.end)
        rows = rows.mutate(**{GROUP: _group(rows, by)})
        asked = rows.group_by(GROUP).aggregate(**self._asked(rows, self.end))
        return {row[GROUP]: self._counted(row) for row in asked.to_pyarrow().to_pylist()}

    def overlaps(self, by: str | None) -> bool:
        """Whether something can be counted in several groups."""
        is_list = by in self.table.columns and self.table[by].type().is_array()
        return overlapping(self.measure, by, is_list)

    def _rows(self, start: date, end: date) -> Table:
        return self.table.filter(self._within(start, end))

    def _within(self, start: date, end: date) -> BooleanScalar:
        on = self.table[self.measure.on]
        if self.measure.standing:
            return translate.standing(on, self.table[self.measure.until], end)
        return translate.during(on, start, end)

    def _total(self, start: date, end: date) -> Counted:
        end = min(end, self.end)
        if end < start:
            return self.empty
        rows = self._rows(start, end)
        return self._counted(rows.aggregate(**self._asked(rows, end)).to_pyarrow().to_pylist()[0])

    def _asked(self, rows: Table, end: date) -> dict:
        """Every sum that the measure needs, by name."""
        measure, bottom = self.measure, self.measure.denominator
        also = bottom.where if measure.is_share else say.EVERY
        asked = {
            f"top{name}": one
            for name, one in translate.aggregates(measure.numerator, rows, end, also).items()
        }
        if bottom is not None:
            below = translate.aggregates(bottom, rows, end, say.EVERY)
            asked |= {f"bottom{name}": one for name, one in below.items()}
        if not self.has_person:
            return asked
        of_whom = say.people(measure.numerator.where)
        asked["people"] = translate.aggregates(of_whom, rows, end, also)[""]
        if bottom is not None:
            of_whom = say.people(bottom.where)
            asked["of_people"] = translate.aggregates(of_whom, rows, end, say.EVERY)[""]
        return asked

    def _counted(self, row: Mapping) -> Counted:
        """What came back, exactly."""
        units = 1
        made = self.measure.numerator
        if isinstance(made, say.Sum | say.Mean | say.Median):
            units = translate.SECONDS if isinstance(made.value, say.Hours) else 1
        top = row["top"]
        if isinstance(made, say.Median):
            # Halfway between two whole numbers at most, so that twice the median is whole.
            top = None if top is None else Fraction(round(top * 2), 2)
        elif top is None:
            top = 0
        return Counted(
            numerator=None if top is None else Fraction(top) / units,
            denominator=row.get("bottom", row.get("top_known")),
            people=row.get("people"),
            of_people=row.get("of_people"),
        )


def _group(rows: Table, by: str) -> StringValue:
    """The group of each row: a column, its age band, or each different code of a list."""
    if by == "age_band":
        bands = [(rows.age.between(first, last), name) for first, last, name in AGE_BANDS]
        return ibis.cases(*bands)
    column = rows[by]
    if column.type().is_array():
        nothing = ibis.literal([None], type=column.type())
        return ibis.ifelse(
            (column.length() > 0).fill_null(False), column.unique(), nothing
        ).unnest()
    return column.cast(str)
