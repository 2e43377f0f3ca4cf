"""Editions as their pages show them: where one stands, its sections, and how each figure was made."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from onestory.agencies.pack import pack
from onestory.analysis.compiled import EntryTable
from onestory.analysis.report import COUNTED, ENTERED, MODELLED, Cell, Chart, Report, Section, Table
from onestory.kernel.components import Cell as PageCell
from onestory.kernel.components import Column
from onestory.reporting.drawings import drawing
from onestory.reporting.models import Edition, Entry, Passage
from onestory.reporting.queries.editions import frozen_of, publication_of

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
IN_WORDS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9}
NUMBERS = re.compile(
    r"(?<![\w.,/£–-])(?:\d{1,3}|" + "|".join(IN_WORDS) + r")(?![\w%/]|[.,:]\d)", re.I
)


@dataclass(frozen=True)
class Shown:
    """A table of an edition, ready for the components of a page."""

    table: Table
    chart: Chart | None
    file: str

    @property
    def columns(self) -> list[Column]:
        labels = (Column(label, numeric=True) for label in self.table.columns)
        return [Column(self.table.corner), *labels]

    @property
    def rows(self) -> list[list[PageCell]]:
        return [
            [PageCell(row), *(PageCell(in_full(cell)) for cell in cells)]
            for row, cells in self.table.lines
        ]

    @property
    def made(self) -> str:
        return MADE[self.table.made][0]

    @property
    def drawing(self) -> str:
        return drawing(self.chart) if self.chart else ""

    @property
    def drawing_title(self) -> str:
        return f"Chart: {self.chart.title}"


@dataclass(frozen=True)
class Part:
    """A section on the page that leads to writing it: what is there already."""

    key: str
    heading: str
    passage: Passage | None

    @property
    def words(self) -> str:
        return self.passage.words if self.passage else ""


@dataclass(frozen=True)
class Numbers:
    """A table that is entered by hand, and how far that is."""

    table: EntryTable
    entered: int

    @property
    def missing(self) -> int:
        return len(self.table.places) - self.entered


def shown(section: Section, file: Callable[[Table], str] = lambda table: "") -> list[Shown]:
    """The tables of a section; `file` gives the address of one as a file."""
    return [Shown(table, chart, file(table)) for table, chart in section.figures]


def in_full(cell: Cell) -> str:
    """A figure with its interval, if it has one: '45.5% (40.1 to 51.0)'."""
    if cell.suppressed or cell.value is None or None in (cell.low, cell.high):
        return cell.text
    return f"{cell.text} ({cell.low:,.1f} to {cell.high:,.1f})"


def kinds_of(report: Report) -> list[tuple[str, str, str]]:
    """How the figures of a report came about: code, word and meaning of each way that occurs."""
    there = {table.made for table in report.tables}
    return [(code, *words) for code, words in MADE.items() if code in there]


def only(report: Report, name: str) -> Report | None:
    """The report with one of its tables and nothing else, or None if it has none of that name."""
    for section in report.sections:
        for table in section.tables:
            if table.name == name:
                alone = replace(section, tables=(table,), charts=(), paragraphs=(), comment="")
                return replace(report, sections=(alone,))
    return None


def state(edition: Edition) -> tuple[str, str]:
    """Where an edition stands, in a word, and the colour of its tag."""
    if publication_of(edition):
        replaced = getattr(edition, "correction", None)
        if replaced and publication_of(replaced):
            return "Replaced", "grey"
        return "Published", "green"
    if edition.publications.all():
        return "Withdrawn", "orange"
    return ("Frozen", "blue") if frozen_of(edition) else ("Live", "yellow")


def version_name(code: str) -> str:
    """What the area calls a version."""
    return pack().edition_versions.name(code)


def for_whom(code: str) -> str:
    """For whom a version is, if the area still has it."""
    return next((one.for_ for one in pack().versions if one.code == code), "")


def parts(sections: Iterable[tuple[str, str]], passages: Mapping[str, Passage]) -> list[Part]:
    return [Part(key, heading, passages.get(key)) for key, heading in sections]


def numbers(
    tables: Iterable[EntryTable], entries: Mapping[str, Mapping[str, Entry]]
) -> list[Numbers]:
    return [
        Numbers(table, sum(bool(one.value) for one in entries.get(table.key, {}).values()))
        for table in tables
    ]


def small_numbers(words: str, small: Iterable[int]) -> list[str]:
    """Numbers in somebody's words that would be hidden if they counted people."""
    found = dict.fromkeys(match.group() for match in NUMBERS.finditer(words))
    return [text for text in found if IN_WORDS.get(text.lower(), _whole(text)) in small]


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() else 0
