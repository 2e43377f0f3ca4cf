"""Figures that a measure makes of a snapshot, of some of its rows."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from onestory.analysis.figures.check import Made
from onestory.analysis.figures.printed import FigureError
from onestory.analysis.figures.ways import Measured
from onestory.analysis.measures import MeasureError, find, run
from onestory.analysis.measures.evaluate import Countable
from onestory.analysis.measures.measure import Figure, Measure
from onestory.analysis.measures.narrowing import LONG_AGO, Narrowed, newcomers, open_since
from onestory.analysis.periods import Span

# Columns that say whose rows they are: without any of those, nothing was recorded yet.
WHOSE = ("team", "from_team", "to_team", "organisation", "service")


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
        narrowed = replace(narrowed, leave_out=lambda rows: newcomers(rows, measure.on, way.start))
    if way.open_in:
        narrowed = replace(narrowed, leave_out=lambda rows: open_since(rows, way.start))
        period = replace(period, start=LONG_AGO)
    return run(measure, narrowed, period).total
