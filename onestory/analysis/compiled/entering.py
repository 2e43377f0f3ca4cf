"""Tables of figures that do not come from our records, entered by hand with their source."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from onestory.analysis.compiled.growing import CHANGE, growth
from onestory.analysis.periods import Span
from onestory.analysis.report import ENTERED, Cell, Table

SOURCE = "source"
NOT_ENTERED = "not entered"
CHANGE_PLACES = 1


@dataclass(frozen=True, kw_only=True)
class EntryTable:
    """A table of figures that do not come from our records: somebody enters them by hand.

    `rows` and `columns` go from a code to its label. `public` says that the source has printed
    these figures itself, so that none of them needs hiding; others are whole numbers of people.
    """

    key: str
    section: str
    title: str
    rows: Mapping[str, str]
    columns: Mapping[str, str]
    unit: str = "count"
    help: str = ""
    source: str = ""
    public: bool = False

    @staticmethod
    def place(row: str, column: str) -> str:
        """The key by which a figure is entered; `SOURCE` is that of where they are from."""
        return f"{row}.{column}"

    @property
    def places(self) -> dict[str, str]:
        """Every place with its label, in the order in which they are entered."""
        return {
            self.place(row, column): f"{label}, {head}"
            for row, label in self.rows.items()
            for column, head in self.columns.items()
        }

    def numbers(self, entered: Mapping[str, str]) -> dict[str, Decimal]:
        """What was entered, as numbers; empty places are left out.

        ValueError says which is none, or is of no place of this table.
        """
        found = {}
        for place, text in entered.items():
            if place == SOURCE or not text.strip():
                continue
            if place not in self.places:
                raise ValueError(f"{self.title}: there is no place '{place}'.")
            found[place] = self._number(place, text)
        return found

    def _number(self, place: str, text: str) -> Decimal:
        try:
            number = Decimal(text.strip().replace(",", "").removeprefix("£"))
        except InvalidOperation:
            number = None
        if number is None or not number.is_finite() or number < 0:
            raise ValueError(
                f"{self.title}: {self.places[place]} must be a number of nought or more, such as"
                f" 1,204 or 18.9, but is '{text.strip()}'."
            )
        if not self.public and number % 1:
            raise ValueError(f"{self.title}: {self.places[place]} must be a whole number.")
        return number


def entry_table(
    entry: EntryTable,
    entered: Mapping[str, str],
    before: Mapping[str, str],
    spans: tuple[Span, Span],
) -> Table:
    """What was entered, beside what the last edition had, with the change where both are there.

    `spans` are the period before and this one. ValueError says what is no figure.
    """
    numbers = entry.numbers(entered), entry.numbers(before)
    source = entered.get(SOURCE, "").strip() or entry.source
    return Table(
        name=entry.key,
        title=entry.title,
        corner="Figure",
        columns=tuple(
            f"{label}, {head}" if len(entry.columns) > 1 else head
            for label in entry.columns.values()
            for head in (spans[0].label, spans[1].label, CHANGE)
        ),
        rows=tuple(entry.rows.values()),
        cells=tuple(
            tuple(
                cell
                for column in entry.columns
                for cell in _cells(entry, EntryTable.place(row, column), numbers, spans)
            )
            for row in entry.rows
        ),
        definition=entry.help,
        source=source.rstrip("."),
        method="",
        of_people=not entry.public,
        made=ENTERED,
    )


def _cells(
    entry: EntryTable,
    place: str,
    numbers: tuple[Mapping[str, Decimal], Mapping[str, Decimal]],
    spans: tuple[Span, Span],
) -> Iterator[Cell]:
    now, before = (
        _cell(entry, place, found.get(place), span)
        for found, span in zip(numbers, reversed(spans), strict=True)
    )
    yield from (before, now, growth(now, before, CHANGE_PLACES))


def _cell(entry: EntryTable, place: str, number: Decimal | None, span: Span) -> Cell:
    if number is None:
        return Cell(None, entry.unit, gap=NOT_ENTERED)
    value = number if number % 1 else int(number)
    return Cell(value, entry.unit, who=f"entered · {entry.key} · {place} · {span.start} {span.end}")
