"""What is wrong with a case list, said so that whoever keeps it can put it right."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

KEPT = 1_000  # A list that is wrong throughout shows it well before this.
SHOWN = 60


class Kind(StrEnum):
    """The kinds of fault, named as they are counted on the page."""

    FILE = "File cannot be used"
    CHARACTER = "Character that cannot be read"
    QUOTATION = "Quotation mark out of place"
    TOO_MANY_ROWS = "Too many rows"
    NO_ROWS = "No rows"
    NO_HEADER = "No column names"
    UNKNOWN_COLUMN = "Column not known"
    MISSING_COLUMN = "Column missing"
    DUPLICATE_COLUMN = "Column twice"
    SURPLUS = "Value outside the columns"
    MISSING = "Nothing where something must be"
    REFERENCE_TWICE = "Reference twice"
    NOT_A_DATE = "Not a date"
    IMPOSSIBLE_DATE = "Impossible date"
    TOO_EARLY = "Date too early"
    FUTURE = "Date in the future"
    CLOSED_BEFORE_OPENED = "Closed before opened"
    UNKNOWN_TERM = "Word not known"
    TOO_LONG = "Too long"
    FORMULA = "Begins like a formula"
    NOT_TEXT = "Changed by the spreadsheet"
    CHANGED_HERE = "Changed here since"


class Problem(NamedTuple):
    """Something wrong, before it is known where: a cell does not know its row."""

    kind: Kind
    expected: str
    value: str | None = None  # only where it is one part of the cell


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong. `row` is the line in the file, or the row of the sheet, counted from 1.

    A fault of the whole file has no row; a fault of a whole row has no column.
    """

    row: int | None
    column: str | None
    value: str
    kind: Kind
    expected: str

    @property
    def where(self) -> str:
        """The place, as one would tell it on the telephone."""
        row = f"Row {self.row}" if self.row else "The file"
        return f"{row}, {self.column}" if self.column else row

    def __str__(self) -> str:
        found = f"'{self.value}': " if self.value else ""
        end = "" if self.expected.endswith("?") else "."
        return f"{self.where}: {found}{self.kind.lower()}. Expected {self.expected}{end}"


class Unreadable(Exception):
    """The file cannot be read, or not beyond this point."""

    def __init__(
        self, kind: Kind, expected: str, row: int | None = None, column: str | None = None
    ):
        super().__init__(f"{kind}. Expected {expected}.")
        self.kind, self.expected, self.row, self.column = kind, expected, row, column


class Faults:
    """Every fault counted, the first of them kept; to be added in the order of the file."""

    def __init__(self, keep: int | None = None):
        self._keep = KEPT if keep is None else keep
        self._kept: list[Fault] = []
        self.by_kind: Counter[Kind] = Counter()

    def add(self, row: int | None, column: str | None, value: object, problem: Problem) -> None:
        """Count a fault, and keep it while there is room."""
        self.by_kind[problem.kind] += 1
        if len(self._kept) < self._keep:
            value = value if problem.value is None else problem.value
            self._kept.append(Fault(row, column, shown(value), problem.kind, problem.expected))

    @property
    def left_out(self) -> int:
        """How many were counted and not kept."""
        return len(self) - len(self._kept)

    def __iter__(self) -> Iterator[Fault]:
        return iter(self._kept)

    def __len__(self) -> int:
        return self.by_kind.total()


def shown(value: object) -> str:
    """A value fit to be shown: on one line, printable, not longer than a line holds."""
    if not isinstance(value, str):
        return f"{value:%d/%m/%Y}"
    # Far more than is shown is never looked at: a stray quotation mark can make a cell of any size.
    text = " ".join(value[: SHOWN * 10].split())
    text = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "\N{HORIZONTAL ELLIPSIS}"
