"""A report as its page shows it: each table with its drawing, and figures that lead to their cases."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.urls import reverse

from onestory.agencies.area import Pack
from onestory.analysis.report import COUNTED, ENTERED, MODELLED, Chart, Section, Table
from onestory.analysis.report import Cell as Counted
from onestory.cases.models import Case
from onestory.kernel.components import Cell, Column
from onestory.kernel.templatetags.pages import moment
from onestory.reporting.drawings import drawing

Link = Callable[[str], str]
# How a figure came about: its word, and what that means to somebody who reads no statistics.
MADE = {
    COUNTED: (
        "Counted",
        "Somebody did this work and wrote it down: the number is a count of records.",
    ),
    MODELLED: (
        "Modelled",
        "An estimate, worked out from what is known elsewhere. Nobody has counted it.",
    ),
    ENTERED: ("Entered by hand", "Taken from another organisation’s papers, named beneath."),
}
CASE_COLUMNS = ("Reference", "Opened", "Category", "Area", "Group", "Closed")


@dataclass(frozen=True)
class Shown:
    """A table of the report, ready for the components of a page."""

    table: Table
    columns: list[Column]
    rows: list[list[Cell]]
    chart: Chart | None
    # The snapshot that the figures are of, if beside it drawings are kept.
    snapshot: Path | None = None
    # Where it can be had as a file by itself.
    file: str = ""

    @property
    def made(self) -> str:
        return MADE[self.table.made][0]

    @property
    def drawing(self) -> str:
        """Its chart, if it has one."""
        return drawing(self.chart, self.snapshot) if self.chart else ""

    @property
    def drawing_title(self) -> str:
        return f"Chart: {self.chart.title}"


def shown(
    section: Section,
    link: Link = lambda key: "",
    *,
    snapshot: Path | None = None,
    file: Callable[[Table], str] = lambda table: "",
) -> list[Shown]:
    """The tables of a section; `link` gives the address of the cases behind a figure, `file` that of
    a table as a file.
    """
    found = []
    for table, chart in section.figures:
        columns = [Column(table.corner), *(Column(label, numeric=True) for label in table.columns)]
        rows = [[Cell(row), *_cells(table, row, cells, link)] for row, cells in table.lines]
        found.append(Shown(table, columns, rows, chart, snapshot, file(table)))
    return found


def in_full(cell: Counted) -> str:
    """A figure with its interval, if it has one: '45.5% (40.1 to 51.0)'."""
    if cell.suppressed or cell.value is None or None in (cell.low, cell.high):
        return cell.text
    return f"{cell.text} ({cell.low:,.1f} to {cell.high:,.1f})"


def _cells(table: Table, row: str, cells: tuple[Counted, ...], link: Link) -> Iterator[Cell]:
    for column, cell in zip(table.columns, cells, strict=True):
        opens = cell.key and cell.value
        yield Cell(
            in_full(cell),
            url=link(cell.key) if opens else "",
            spoken=f"{table.title}: {row}, {column}" if opens else "",
        )


def case_rows(cases: Iterable[Case], pack: Pack) -> Iterator[list]:
    """What a list of cases says of each: its reference, days and codes in words."""
    for case in cases:
        yield [
            Cell(case.reference, url=reverse("cases:case", args=[case.pk])),
            moment(case.opened_on),
            pack.categories.name(case.category),
            pack.localities.name(case.area),
            pack.groups.name(case.group),
            moment(case.closed_on) or "Open",
        ]
