"""From rows of cells to rows ready to import, with every fault on the way."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from onestory.agencies.area import Column, Pack
from onestory.cases.case_list.cells import Cells, Dates, SeveralTerms, Terms, Texts, Understood
from onestory.cases.case_list.columns import ALWAYS, Columns, Placed
from onestory.cases.case_list.faults import Faults, Kind, Problem, Unreadable
from onestory.cases.case_list.raw import MOST_COLUMNS, RawRow, Table, filled
from onestory.cases.case_list.reader import read_content, read_table
from onestory.kernel.calendar import FinancialYear

Progress = Callable[[int, int], None]
EVERY = 500
_BETWEEN = "\x1f"  # Cannot occur in a value: it counts as a blank there.


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedRow:
    """One case of the list, with codes for words. `line` is where it stood."""

    ref: str
    opened: date
    closed: date | None = None
    category: str = ""
    locality: str = ""
    group: str = ""
    abuse: tuple[str, ...] = ()
    risk_assessment: str = ""
    source: str = ""
    line: int = field(compare=False)

    @property
    def digest(self) -> str:
        """The same for the same case, wherever it stands and however it is spelt."""
        values = (getattr(self, name) for name in _DIGESTED)
        parts = (";".join(v) if isinstance(v, tuple) else str(v or "") for v in values)
        return hashlib.sha256(_BETWEEN.join(parts).encode()).hexdigest()


_DIGESTED = tuple(f.name for f in fields(CheckedRow) if f.compare)


@dataclass(frozen=True, kw_only=True)
class CaseList:
    """A case list as it was understood. Where there are faults, `rows` are those without."""

    filename: str
    digest: str
    rows: tuple[CheckedRow, ...] = ()
    faults: Faults
    mapping: tuple[Understood, ...] = ()
    columns: tuple[tuple[str, str | None], ...] = ()  # Name expected, name found.
    notes: tuple[str, ...] = ()
    found: int = 0  # Rows that hold anything, with faults or without.

    @property
    def ok(self) -> bool:
        """Whether it may be imported: all or nothing."""
        return not self.faults

    @property
    def by_year(self) -> dict[FinancialYear, Counter[str]]:
        """Rows by the financial year of opening, then by the code of the category."""
        years: dict[FinancialYear, Counter[str]] = {}
        for row in self.rows:
            years.setdefault(FinancialYear.of(row.opened), Counter())[row.category] += 1
        return dict(sorted(years.items()))


def read_case_list(
    source: bytes | Path,
    *,
    pack: Pack,
    today: date,
    filename: str = "",
    progress: Progress | None = None,
) -> CaseList:
    """Read and check a case list, whatever is in the file; what is wrong is among its faults.

    `progress` is told now and then how many lines are done, of about how many; whatever it
    raises ends the reading.
    """
    faults = Faults()
    content, columns = b"", Columns(pack.case_list.columns)
    if isinstance(source, Path):
        filename = filename or source.name
    try:
        content = read_content(source)
        table = read_table(content, filename, pack.case_list, columns)
    except Unreadable as unreadable:
        _add(faults, unreadable)
        return CaseList(filename=filename, digest=_digest(content), faults=faults)
    placed = columns.place(table.header, faults)
    check = _Check(table, placed, _cells(placed, pack, table.epoch, today), faults)
    rows = tuple(check.rows(progress or _quietly))
    headers = {place.column.name: place.header for place in placed}
    return CaseList(
        filename=filename,
        digest=_digest(content),
        rows=rows,
        faults=faults,
        mapping=tuple(check.mapping()),
        columns=tuple((name, headers.get(name)) for name in columns.names),
        notes=table.notes,
        found=check.found,
    )


class _Place(NamedTuple):
    index: int
    header: str
    field: str
    cells: Cells


class _Check:
    """One pass over the rows."""

    def __init__(
        self, table: Table, placed: Sequence[Placed], cells: Sequence[Cells], faults: Faults
    ):
        self._table, self._faults = table, faults
        self._places = [
            _Place(place.index, place.header, place.column.field, reader)
            for place, reader in zip(placed, cells, strict=True)
        ]
        self._headers = {place.field: place.header for place in self._places}
        header = table.header.cells[:MOST_COLUMNS]
        self._width = max((i for i, cell in enumerate(header) if filled(cell)), default=-1) + 1
        self._unnamed = [i for i in range(self._width) if not filled(header[i])]
        self._complete = self._headers.keys() >= ALWAYS
        self._lines: dict[str, int] = {}
        self.found = 0

    def rows(self, progress: Progress) -> Iterator[CheckedRow]:
        """The rows without fault; the faults of the others are added on the way."""
        total = self._table.total
        progress(0, total)
        try:
            for row in self._table.rows:
                self.found += 1
                if self.found % EVERY == 0:
                    progress(min(row.line, total), total)
                checked = self._row(row)
                if checked:
                    yield checked
        except Unreadable as unreadable:
            _add(self._faults, unreadable)
        if not self.found and not self._faults:
            nothing = Problem(Kind.NO_ROWS, "cases below the names of the columns")
            self._faults.add(self._table.header.line, None, "", nothing)
        progress(total, total)

    def mapping(self) -> Iterator[Understood]:
        """How each spelling was understood, column by column, the most frequent first."""
        for place in self._places:
            yield from place.cells.understood(place.header)

    def _row(self, row: RawRow) -> CheckedRow | None:
        stray = row.problem or self._stray(row)
        if stray:
            self._faults.add(row.line, None, "", stray)
            return None
        values: dict = {}
        wrong: dict[str, list] = {}
        width = len(row.cells)
        for place in self._places:
            cell = row.cells[place.index] if place.index < width else ""
            values[place.field], problems = place.cells.read(cell)
            if problems:
                wrong[place.field] = [(cell, problem) for problem in problems]
        self._reference(values, row.line, wrong)
        self._order(values, wrong)
        if wrong:
            for place in self._places:
                for cell, problem in wrong.get(place.field, ()):
                    self._faults.add(row.line, place.header, cell, problem)
        elif self._complete:
            return CheckedRow(line=row.line, **values)
        return None

    def _stray(self, row: RawRow) -> Problem | None:
        """A value under no name. Mostly a separator slipped into a value and moved all that
        follows it, so nothing more can be said about such a row."""
        for index in chain(self._unnamed, range(self._width, len(row.cells))):
            if index < len(row.cells) and filled(row.cells[index]):
                expected = (
                    f"nothing outside the {self._width - len(self._unnamed)} columns that have a "
                    "name; the rest of this row was not checked"
                )
                return Problem(Kind.SURPLUS, expected, row.cells[index])
        return None

    def _reference(self, values: dict, line: int, wrong: dict[str, list]) -> None:
        ref = values.get("ref")
        if ref:
            first = self._lines.setdefault(ref.casefold(), line)
            if first != line:
                expected = f"each reference once, but row {first} has it too"
                wrong.setdefault("ref", []).append((ref, Problem(Kind.REFERENCE_TWICE, expected)))

    def _order(self, values: dict, wrong: dict[str, list]) -> None:
        opened, closed = values.get("opened"), values.get("closed")
        if opened and closed and closed < opened:
            expected = f"{opened:%d/%m/%Y}, when the case was opened, or later"
            problem = Problem(Kind.CLOSED_BEFORE_OPENED, expected)
            wrong.setdefault("closed", []).append((closed, problem))


def _cells(placed: Sequence[Placed], pack: Pack, epoch: date | None, today: date) -> list[Cells]:
    def of(column: Column) -> Cells:
        match column.kind:
            case "text":
                return Texts(column)
            case "date":
                return Dates(column, pack.case_list.date_formats, epoch, today)
            case "term":
                return Terms(column, pack.vocabulary(column.vocabulary))
            case "terms":
                return SeveralTerms(column, pack.vocabulary(column.vocabulary))

    return [of(place.column) for place in placed]


def _add(faults: Faults, unreadable: Unreadable) -> None:
    problem = Problem(unreadable.kind, unreadable.expected)
    faults.add(unreadable.row, unreadable.column, "", problem)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _quietly(done: int, total: int) -> None:
    """Nobody asked to be told."""
