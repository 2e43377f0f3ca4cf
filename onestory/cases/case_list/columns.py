"""Which column of a list is which."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz, process

from onestory.agencies.area import Column
from onestory.agencies.area.vocabulary import plain
from onestory.cases.case_list.faults import SHOWN, Faults, Kind, Problem
from onestory.cases.case_list.raw import MOST_COLUMNS, Cell, RawRow, filled

ALWAYS = {"ref", "opened"}  # Without these a row is no case, whatever the area says.
ENOUGH = 2  # One name alone may be a title: "Area" above a list of another kind.
ALIKE = 70
LISTED = 15


class Placed(NamedTuple):
    """A column found: where it stands and what the list calls it."""

    index: int
    header: str
    column: Column


class Columns:
    """The columns that an area's case list may have."""

    def __init__(self, columns: Iterable[Column]):
        self._columns = list(columns)
        self._named = {
            plain(name): column
            for column in self._columns
            for name in (column.name, *column.aliases)
        }

    @property
    def names(self) -> list[str]:
        return [column.name for column in self._columns]

    def score(self, cells: Sequence[Cell]) -> int:
        """How many columns a row names; nothing unless enough to be a header."""
        found = {column.name for cell in cells if (column := self._find(cell))}
        return len(found) if len(found) >= min(ENOUGH, len(self._columns)) else 0

    def place(self, header: RawRow, faults: Faults) -> list[Placed]:
        """Where each column stands, in the order of the list."""
        placed: dict[str, Placed] = {}
        for index, cell in enumerate(header.cells[:MOST_COLUMNS]):
            if not filled(cell):
                continue
            name, column = str(cell).strip(), self._find(cell)
            if column is None:
                faults.add(header.line, name, name, self._unknown(name))
            elif column.field in placed:
                first = placed[column.field].header
                problem = Problem(Kind.DUPLICATE_COLUMN, f"one column only for this: '{first}'")
                faults.add(header.line, name, name, problem)
            else:
                placed[column.field] = Placed(index, name, column)
        for column in self._columns:
            if is_required(column) and column.field not in placed:
                problem = Problem(Kind.MISSING_COLUMN, f"a column named '{column.name}'")
                faults.add(header.line, column.name, "", problem)
        return list(placed.values())

    def _find(self, cell: Cell) -> Column | None:
        return self._named.get(plain(cell)) if isinstance(cell, str) else None

    def _unknown(self, name: str) -> Problem:
        expected = one_of(self.names) + did_you_mean(name, {n: n for n in self.names})
        return Problem(Kind.UNKNOWN_COLUMN, expected)


def is_required(column: Column) -> bool:
    """Whether every row must have something there."""
    return column.required or column.field in ALWAYS


def one_of(names: Sequence[str]) -> str:
    """What might have stood there instead."""
    rest = len(names) - LISTED
    more = f" or one of {rest} more" if rest > 0 else ""
    return f"one of: {', '.join(names[:LISTED])}{more}"


def did_you_mean(found: str, names: dict[str, str]) -> str:
    """A question naming the likeliest, where something is alike; `names` is by compared form."""
    found = plain(found[:SHOWN])
    if len(found) < 3:
        return ""  # A letter or two is a part of nearly everything.
    best = process.extractOne(found, list(names), scorer=fuzz.WRatio, score_cutoff=ALIKE)
    return f"; did you mean '{names[best[0]]}'?" if best else ""
