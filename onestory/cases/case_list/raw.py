"""A case list as it was written: rows of cells, nothing understood yet."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import NamedTuple

from onestory.cases.case_list.faults import Kind, Problem, Unreadable

MOST_ROWS = 200_000
MOST_COLUMNS = 200
LAST_LINE = 1_048_576  # The last row of a sheet in Excel: what is beyond it, nobody can look at.
HEADER_WITHIN = 20  # A title, a date and a few notes may stand above the column names.

Cell = str | date
Score = Callable[[Sequence[Cell]], int]


class RawRow(NamedTuple):
    """A row and its number; one that could not be read has a problem in place of cells."""

    line: int
    cells: Sequence[Cell]
    problem: Problem | None = None


@dataclass(frozen=True)
class Table:
    """The header, and what is below it.

    `total` is about how many lines there are, for a progress bar. `epoch` is the day that a
    spreadsheet counts its days from; a text file has none, since its numbers are not dates.
    """

    header: RawRow
    rows: Iterator[RawRow]
    total: int
    epoch: date | None = None
    notes: tuple[str, ...] = ()


class Header(NamedTuple):
    row: RawRow
    score: int


def find_header(rows: Iterable[RawRow], score: Score) -> Header | None:
    """The row among the first few that names most columns; the upper one of two alike."""
    found = [Header(row, score(row.cells[:MOST_COLUMNS])) for row in islice(rows, HEADER_WITHIN)]
    best = max(found, key=lambda header: header.score, default=None)
    return best if best and best.score else None


def below(header: RawRow, rows: Iterable[RawRow]) -> Iterator[RawRow]:
    """The rows after the header that hold anything, up to the most that one list may have."""
    number = 0
    for row in rows:
        if row.line <= header.line:
            continue
        holds = row.problem is not None or any(map(filled, row.cells))
        number += holds
        if number > MOST_ROWS or row.line > LAST_LINE:
            raise Unreadable(
                Kind.TOO_MANY_ROWS,
                f"up to {MOST_ROWS:,} rows; split the list, for instance by year",
                row.line,
            )
        if holds:
            yield row


def filled(cell: Cell) -> bool:
    """Whether a cell holds more than blanks."""
    return not isinstance(cell, str) or bool(cell) and not cell.isspace()
