"""What a report is made of, whoever prints it: sections, tables, cells, charts."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from onestory.analysis.periods import in_words

# How the figures of a table came about: promise 7.
COUNTED, MODELLED, ENTERED = "counted", "modelled", "entered"
SMALL = range(1, 8)
SUPPRESSED = "*"
MADE = {
    COUNTED: "Counted from records.",
    MODELLED: "Modelled: an estimate, not a count.",
    ENTERED: "Entered by hand, not counted here.",
}
GAPS = "n/a: not in the period, or nothing to divide by."


@dataclass(frozen=True, slots=True)
class Count:
    """How many, and of whom: the same `who` is the same number wherever it stands.

    Without `who` it is not of people, as months or a population are not: it is never hidden.
    `people` is how many people they are, where not people themselves are counted.
    """

    number: int
    who: str = ""
    people: int | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """How a figure follows from counts, so that it can be made again from rounded ones.

    `how`: `ratio` (`times` · a / b), `difference` (a − b), `growth` (a less b in percent of b), or
    `average`, of which `of` says only of how many people it is. `interval`: `wilson` or `byar`.
    """

    how: str
    of: tuple[Count, ...]
    times: int = 1
    places: int = 0
    interval: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure. `value` is None where there can be none, and `gap` may say why; `key` opens the
    cases behind it. `who` or `made` says of which people it is: `disclosure` needs one of them to
    see that two figures are of the same; `people`, of how many, where not people are counted. `low`
    and `high` are its interval.
    """

    value: int | Decimal | None
    unit: str = "cases"
    key: str | None = None
    exact: Fraction | None = None
    gap: str = "n/a"
    who: str = ""
    made: Made | None = None
    low: float | None = None
    high: float | None = None
    suppressed: bool = False
    people: int | None = None

    @property
    def text(self) -> str:
        """As people read it: 1,204 · 35% · 1.7 · £332 · +29 · −8% · n/a · *."""
        if self.suppressed:
            return SUPPRESSED
        if self.value is None:
            return self.gap
        pounds = "£" if self.unit == "pounds" else ""
        sign = "+" if self.unit.startswith("change") and self.value > 0 else ""
        percent = "%" if self.unit.endswith("percent") else ""
        sign = "\N{MINUS SIGN}" if self.value < 0 else sign
        return f"{sign}{pounds}{abs(self.value):,}{percent}"

    @property
    def small(self) -> bool:
        """A count so small, or of so few, that it could point at somebody."""
        counted = self.made is None and (self.unit == "cases" or self.who)
        return bool(counted) and (self.value in SMALL or self.people in SMALL)


@dataclass(frozen=True)
class Table:
    """Named rows and columns of cells, and what they mean.

    `of_people` is False for what no living person can be found in: models, money, places. `made`
    says how its figures came about.
    """

    name: str
    title: str
    corner: str
    columns: tuple[str, ...]
    rows: tuple[str, ...]
    cells: tuple[tuple[Cell, ...], ...]
    definition: str
    source: str
    method: str
    of_people: bool = True
    made: str = COUNTED

    @property
    def lines(self) -> tuple[tuple[str, tuple[Cell, ...]], ...]:
        """Each row's label with its cells."""
        return tuple(zip(self.rows, self.cells, strict=True))

    @property
    def about(self) -> str:
        """How its figures came about, what they are and from what, for beneath it."""
        said = (MADE[self.made], self.definition, self.method, f"Source: {self.source}.")
        return " ".join(filter(None, said))

    def noting(self, said: str) -> "Table":
        """The same with something more to bear in mind."""
        return replace(self, method=f"{self.method} {said}".strip())

    def only(self, columns: Collection[str]) -> "Table":
        """The same with these of its columns."""
        kept = [place for place, label in enumerate(self.columns) if label in columns]
        if len(kept) == len(self.columns):
            return self
        return replace(
            self,
            columns=tuple(self.columns[place] for place in kept),
            cells=tuple(tuple(line[place] for place in kept) for line in self.cells),
        )

    def cell(self, row: str, column: str) -> Cell:
        """The cell at a printed row and column."""
        return self.cells[self.rows.index(row)][self.columns.index(column)]

    @property
    def small(self) -> bool:
        return self.of_people and any(cell.small for row in self.cells for cell in row)

    @property
    def has_gaps(self) -> bool:
        return any(cell.value is None and not cell.suppressed for row in self.cells for cell in row)


@dataclass(frozen=True)
class Chart:
    """A picture of one table, drawn by `charts`, which says what each kind takes from it.

    `reference` is the figure that others are held against: a target, or what is expected.
    """

    name: str
    title: str
    kind: str
    alt: str
    table: Table
    reference: float | None = None
    reference_label: str = ""


@dataclass(frozen=True)
class Section:
    """A numbered part of the report. `comment` is its author's; all else is computed.

    `without_figures` are those of its paragraphs that count nobody.
    """

    key: str
    heading: str
    paragraphs: tuple[str, ...]
    tables: tuple[Table, ...] = ()
    charts: tuple[Chart, ...] = ()
    number: int = 0
    notes: tuple[str, ...] = ()
    comment: str = ""
    without_figures: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """'2 Case numbers'."""
        return f"{self.number} {self.heading}"

    @property
    def figures(self) -> tuple[tuple[Table, Chart | None], ...]:
        """Each table with its chart, if it has one: they are printed one beside the other."""
        drawn = {chart.table.name: chart for chart in self.charts}
        return tuple((table, drawn.get(table.name)) for table in self.tables)


@dataclass(frozen=True)
class Report:
    """A whole report, ready to print. `of` says what of its period is counted, for its head."""

    title: str
    team: str
    period: str
    made_at: datetime
    sections: tuple[Section, ...]
    published_by: str = ""
    of: str = "Cases opened"

    @property
    def about(self) -> str:
        """'Cases opened 1 April 2015 to 31 March 2018'."""
        return f"{self.of} {self.period}".strip()

    @property
    def made(self) -> str:
        """When it was made, in words."""
        return f"Made on {in_words(self.made_at.date())} at {self.made_at:%H:%M}"

    @property
    def subtitle(self) -> tuple[str, ...]:
        """What stands beneath the title: whose it is, of what time, by which rule published."""
        lines = (self.team, self.about, self.made, self.published_by)
        return tuple(line for line in lines if line)

    @property
    def tables(self) -> tuple[Table, ...]:
        return tuple(table for section in self.sections for table in section.tables)

    @property
    def charts(self) -> tuple[Chart, ...]:
        return tuple(chart for section in self.sections for chart in section.charts)

    def table(self, name: str) -> Table:
        """The table of that name."""
        return next(table for table in self.tables if table.name == name)

    @property
    def contains_small_numbers(self) -> bool:
        return any(table.small for table in self.tables)

    @property
    def warning(self) -> str:
        """What must stand at the head of every copy, if anything."""
        if not self.contains_small_numbers:
            return ""
        return "Contains small numbers: for the partnership, not for publication."
