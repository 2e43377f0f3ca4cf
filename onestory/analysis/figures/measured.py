"""Figures that a measure makes of a snapshot, of some of its rows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from ibis import Table
from ibis.expr.types import BooleanValue

from onestory.analysis.figures.check import Made
from onestory.analysis.figures.printed import FigureError
from onestory.analysis.figures.ways import Measured
from onestory.analysis.measures import MeasureError, find, run
from onestory.analysis.measures.evaluate import Countable
from onestory.analysis.measures.measure import Figure, Measure
from onestory.analysis.periods import Span

# Columns that say whose rows they are: without any of those, nothing was recorded yet.
WHOSE = ("team", "from_team", "to_team", "organisation", "service")
LONG_AGO = date(1900, 1, 1)
CLOSED = "closed_on"
PERSON = "person"
OPERATORS = {
    "from": lambda column, value: column >= value,
    "until": lambda column, value: column <= value,
    "first": lambda column, value: column[0] == value,
}


@dataclass(frozen=True)
class Narrowed:
    """A snapshot of which some rows are left: those of `where`, which no `leave_out` leaves out."""

    snapshot: Countable
    where: Mapping[str, Any]
    leave_out: Callable[[Table], Table] = lambda rows: rows

    @property
    def counted_to(self) -> date:
        """The last day of the snapshot."""
        return self.snapshot.counted_to

    def table(self, code: str) -> Table:
        """The rows of a table that are left."""
        rows = self.snapshot.table(code)
        if unknown := [column for column in self.where if column not in rows.columns]:
            raise FigureError(f"The table {code} has no column {unknown[0]}.")
        for column, value in self.where.items():
            rows = rows.filter(_condition(rows[column], value))
        return self.leave_out(rows)


def measured(latest: Callable[[], Countable]) -> Callable[[Measured], Made]:
    """A maker of figures by measures. `latest` gives the snapshot, when one is asked for first."""
    snapshot = cache(latest)

    def make(way: Measured) -> Made:
        try:
            return _made(way, find(way.measure), snapshot())
        except MeasureError as error:
            raise FigureError(str(error)) from error

    return make


def _made(way: Measured, measure: Measure, snapshot: Countable) -> Made:
    whole = _figure(way, measure, snapshot, way.where)
    if not whole.value and not _anything(way, measure, snapshot):
        return Made(missing="nothing of that team and time is in the snapshot")
    if whole.value is None:
        return Made(missing=whole.reason)
    if not way.among:
        return Made(((whole.value,),))
    if not whole.value:
        return Made(missing="there is nothing to divide by")
    part = _figure(way, measure, snapshot, way.where | way.among)
    return Made(((100 * part.value / whole.value,),))


def _anything(way: Measured, measure: Measure, snapshot: Countable) -> bool:
    """Whether something was recorded of the team or service by the end of the period."""
    whose = {column: value for column, value in way.where.items() if column in WHOSE}
    rows = Narrowed(snapshot, whose).table(measure.table)
    return bool(rows.filter(rows[measure.on] <= way.end).limit(1).count().to_pyarrow().as_py())


def _figure(
    way: Measured, measure: Measure, snapshot: Countable, where: Mapping[str, Any]
) -> Figure:
    period = Span("", way.start, way.end, complete=True)
    narrowed = Narrowed(snapshot, where)
    if way.newcomers:
        narrowed = replace(narrowed, leave_out=lambda rows: _newcomers(rows, measure.on, way.start))
    if way.open_in:
        narrowed = replace(narrowed, leave_out=lambda rows: _open_since(rows, way.start))
        period = replace(period, start=LONG_AGO)
    return run(measure, narrowed, period).total


def _newcomers(rows: Table, on: str, start: date) -> Table:
    """The rows of people of whom there is none before."""
    before = rows.filter(rows[on] < start).select(PERSON).distinct()
    return rows.anti_join(before, PERSON)


def _open_since(rows: Table, start: date) -> Table:
    """The rows that were not closed before a day."""
    return rows.filter(rows[CLOSED].isnull() | (rows[CLOSED] >= start))


def _condition(column, value: Any) -> BooleanValue:
    """A list holds a word; a word is one of several; a number or date lies between two."""
    if isinstance(value, dict):
        conditions = [OPERATORS[name](column, limit) for name, limit in value.items()]
        return conditions[0] if len(conditions) == 1 else conditions[0] & conditions[1]
    if column.type().is_array():
        return column.contains(value)
    return column.isin(value) if isinstance(value, list) else column == value
