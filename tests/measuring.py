"""Rows written in a test, as a snapshot that measures run over; and both evaluators on them at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import ibis
import pyarrow

from onestory.analysis import measures
from onestory.analysis.measures import Measure, Result, plain
from onestory.analysis.periods import Period, Span
from onestory.analysis.table import TYPES, Table
from onestory.analysis.tables import TABLES

TODAY = date(2026, 11, 22)
YEAR = Period(date(2025, 4, 1), date(2026, 3, 31), TODAY).years[0]


@dataclass
class Rows:
    """Rows by table; what a row does not say is missing in it, or an empty list."""

    rows: Mapping[str, Sequence[dict]]
    counted_to: date = TODAY
    tables: Mapping[str, Table] = field(default_factory=lambda: TABLES)

    def __post_init__(self):
        self.rows = {
            code: [self._whole(code, one) for one in some] for code, some in self.rows.items()
        }
        self.connection = ibis.duckdb.connect()
        for code in self.rows:
            self.connection.con.register(code, self.arrow(code))

    def _whole(self, code: str, row: dict) -> dict:
        known = self.tables[code].by_code
        if unknown := set(row) - set(known):
            raise KeyError(f"The table {code} has no {', '.join(sorted(unknown))}.")
        return {
            name: row.get(name, [] if column.type == "text[]" else None)
            for name, column in known.items()
        }

    def arrow(self, code: str) -> pyarrow.Table:
        """The rows in the types of their table; here anything may be missing."""
        columns = self.tables[code].columns
        schema = pyarrow.schema([(column.code, TYPES[column.type]) for column in columns])
        return pyarrow.Table.from_pylist(list(self.rows.get(code, ())), schema)

    def table(self, code: str) -> ibis.Table:
        return self.connection.table(code)


def both(measure: Measure, rows: Rows, period: Span = YEAR, **asked) -> Result:
    """The result on which DuckDB and the plain reference agree."""
    found = measures.run(measure, rows, period, **asked)
    written = rows.rows.get(measure.table, ())
    columns = rows.tables[measure.table].by_code
    expected = plain.run(measure, written, columns, period, rows.counted_to, **asked)
    assert same(found) == same(expected)
    return found


def same(result: Result) -> Result:
    """Without what only a typed table knows: that a group is of lists, when every list is missing."""
    return replace(result, overlaps=False, notes=())
