"""Reports compiled from measures: what each says, section by section, in words and tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

SOURCE = "source"


@dataclass(frozen=True, kw_only=True)
class EntryTable:
    """A table of figures that do not come from our records: somebody enters them by hand.

    `rows` and `columns` go from a code to its label. `public` says that the source has printed
    these figures itself, so that none of them needs hiding.
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
        return number
