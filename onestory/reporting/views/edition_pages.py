"""Editions as their pages show them: where one stands, its sections, and how each figure was made."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from onestory.agencies.pack import pack
from onestory.analysis.compiled import EntryTable
from onestory.analysis.report import Report
from onestory.reporting.models import Edition, Entry, Passage
from onestory.reporting.queries.editions import frozen_of, publication_of
from onestory.reporting.views.pages import MADE

IN_WORDS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9}
NUMBERS = re.compile(
    r"(?<![\w.,/£–-])(?:\d{1,3}|" + "|".join(IN_WORDS) + r")(?![\w%/]|[.,:]\d)", re.I
)


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
