"""The figures that were printed: a CSV with one in each row."""

import csv
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path

from onestory.analysis.needs.rounding import Rounding

COLUMNS = ("id", "seed", "subject", "published", "unit", "kind", "how")


class FigureError(ValueError):
    """What is wrong with the list of figures, or with what it says of how they are made."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it was printed, in so many decimals."""

    value: Fraction
    places: int

    @classmethod
    def parse(cls, text: str) -> "Number":
        """Read '45.51'; InvalidOperation for anything else."""
        written = Decimal(text.strip())
        return cls(Fraction(written), max(0, -written.as_tuple().exponent))

    def is_of(self, exact: Fraction, way: str = "nearest") -> bool:
        """Whether an exact number is printed as this."""
        return Rounding(self.places, way)(exact) == self.value


@dataclass(frozen=True, slots=True)
class Printed:
    """One figure. `parts` are its numbers: one, or several ("1624/1825"), each with two ends or not
    ("6044-6569").
    """

    id: str
    subject: str
    published: str
    unit: str
    kind: str
    how: str
    parts: tuple[tuple[Number, ...], ...]


def read_printed(path: Path) -> dict[str, Printed]:
    """The figures by id, in their order. Raises FigureError that names file, row and column."""
    found: dict[str, Printed] = {}
    try:
        with open(path, encoding="utf-8", newline="") as file:
            lines = csv.DictReader(file)
            if missing := [name for name in COLUMNS if name not in (lines.fieldnames or ())]:
                raise FigureError(f"{path.name}: there is no column {missing[0]}.")
            for number, line in enumerate(lines, 2):
                one = _printed(line, f"{path.name}, row {number}")
                if one.id in found:
                    raise FigureError(
                        f"{path.name}, row {number}, column id: {one.id} came before."
                    )
                found[one.id] = one
    except OSError as error:
        raise FigureError(f"{path}: cannot be read: {error.strerror}.") from error
    return found


def _printed(line: dict[str, str | None], where: str) -> Printed:
    if missing := [name for name in COLUMNS if line[name] is None]:
        raise FigureError(f"{where}: the row ends before column {missing[0]}.")
    try:
        parts = tuple(
            tuple(Number.parse(end) for end in part.split("-"))
            for part in line["published"].split("/")
        )
    except InvalidOperation:
        raise FigureError(
            f"{where}, column published: {line['published']!r} is no number."
        ) from None
    words = {name: line[name] for name in COLUMNS if name != "seed"}
    return Printed(**words, parts=parts)
