"""A snapshot of which some rows are left: those of a team, of a service, of what was open in a year."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ibis import Table
from ibis.expr.types import BooleanValue

from onestory.analysis.measures.evaluate import Countable
from onestory.analysis.measures.measure import MeasureError

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
            raise MeasureError(f"The table {code} has no column {unknown[0]}.")
        for column, value in self.where.items():
            rows = rows.filter(_condition(rows[column], value))
        return self.leave_out(rows)


def newcomers(rows: Table, on: str, start: date) -> Table:
    """The rows of people of whom there is none before."""
    before = rows.filter(rows[on] < start).select(PERSON).distinct()
    return rows.anti_join(before, PERSON)


def open_since(rows: Table, start: date) -> Table:
    """The rows that were not closed before a day."""
    return rows.filter(rows[CLOSED].isnull() | (rows[CLOSED] >= start))


def _condition(column, value: Any) -> BooleanValue:
    """A list holds a word; a word is one of several; a number or date lies between two."""
    if isinstance(value, Mapping):
        conditions = [OPERATORS[name](column, limit) for name, limit in value.items()]
        return conditions[0] if len(conditions) == 1 else conditions[0] & conditions[1]
    if column.type().is_array():
        return column.contains(value)
    return column.isin(value) if isinstance(value, list | tuple) else column == value
