"""A report as its page shows it: each table with its drawing, each figure leading to its cases."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.urls import reverse

from onestory.agencies.area import Pack
from onestory.analysis.report import Cell as Counted
from onestory.analysis.report import Chart, Section, Table
from onestory.cases.models import Case
from onestory.kernel.components import Cell, Column
from onestory.kernel.templatetags.pages import moment
from onestory.reporting.drawings import drawing

Link = Callable[[str], str]
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

    @property
    def drawing(self) -> str:
        """Its chart, if it has one."""
        return drawing(self.chart, self.snapshot) if self.chart else ""

    @property
    def drawing_title(self) -> str:
        return f"Chart: {self.chart.title}"


def shown(section: Section, link: Link, snapshot: Path | None = None) -> Iterator[Shown]:
    """The tables of a section; `link` gives the address of the cases behind a figure."""
    for table, chart in section.figures:
        columns = [Column(table.corner), *(Column(label, numeric=True) for label in table.columns)]
        rows = [[Cell(row), *_cells(table, row, cells, link)] for row, cells in table.lines]
        yield Shown(table, columns, rows, chart, snapshot)


def _cells(table: Table, row: str, cells: tuple[Counted, ...], link: Link) -> Iterator[Cell]:
    for column, cell in zip(table.columns, cells, strict=True):
        opens = cell.key and cell.value
        yield Cell(
            cell.text,
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
