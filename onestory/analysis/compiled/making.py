"""A compiled report as a whole: its sections, its tables, and sentences written from these."""

from collections.abc import Mapping
from dataclasses import replace

from onestory.analysis.compiled.counting import Counted
from onestory.analysis.compiled.definition import Chapter, Definition
from onestory.analysis.compiled.entering import entry_table
from onestory.analysis.compiled.saying import sentences
from onestory.analysis.periods import in_words
from onestory.analysis.report import GAPS, Report, Section, Table

INTRODUCTION = ("introduction", "Introduction")
Entered = Mapping[str, Mapping[str, str]]


def headings(definition: Definition) -> tuple[tuple[str, str], ...]:
    """The key and the heading of each section."""
    return (INTRODUCTION, *((chapter.key, chapter.heading) for chapter in definition.chapters))


def report(counted: Counted, entered: Entered, entered_before: Entered) -> Report:
    """The report, with what was entered by hand. ValueError says what of that is no figure."""
    definition, spans = counted.definition, (counted.before, counted.now)
    if unknown := (entered.keys() | entered_before.keys()) - {t.key for t in definition.entries}:
        raise ValueError(f"The report has no table to enter called {', '.join(sorted(unknown))}.")
    typed = {
        entry.key: entry_table(
            entry, entered.get(entry.key, {}), entered_before.get(entry.key, {}), spans
        )
        for entry in definition.entries
    }
    sections = (
        _introduction(counted),
        *(_section(chapter, counted, typed) for chapter in definition.chapters),
    )
    days = f"{in_words(counted.now.start)} to {in_words(counted.now.end)}"
    return worded(
        Report(
            title=definition.title,
            team=definition.owner,
            period=f"{counted.now.label}: {days}",
            made_at=counted.made_at,
            sections=tuple(
                replace(section, number=place) for place, section in enumerate(sections, 1)
            ),
            of="",
        )
    )


def worded(made: Report) -> Report:
    """The same with sentences written from its tables as they are printed."""
    return replace(
        made,
        sections=tuple(
            replace(
                section,
                paragraphs=(
                    *section.without_figures,
                    *(said for table in section.tables for said in sentences(table)),
                ),
            )
            for section in made.sections
        ),
    )


def _introduction(counted: Counted) -> Section:
    """What is counted, of whom and up to which day."""
    now, before, teams = counted.now, counted.before, counted.definition.teams
    whose = f" by {', '.join(teams.values())}" if teams else ""
    said = [
        *counted.definition.introduction,
        f"Counted from what was recorded{whose} up to {in_words(counted.counted_to)}.",
        *[f"{now.label} is set beside {before.label}."] * _compared(counted),
        "Each table says whether its figures are counted, modelled or entered by hand.",
    ]
    return Section(*INTRODUCTION, tuple(said), without_figures=tuple(said))


def _compared(counted: Counted) -> bool:
    """Whether anything is: of the period before nothing may have been recorded."""
    label = counted.before.label
    return any(label in table.columns for table in counted.tables.values())


def _section(chapter: Chapter, counted: Counted, typed: Mapping[str, Table]) -> Section:
    tables = (
        *(counted.tables[part.key] for part in chapter.parts),
        *(counted.tables[key] for rate in chapter.rates for key in rate.keys),
        *(typed[entry.key] for entry in chapter.entries),
    )
    charts = (counted.charts.get(part.key) for part in chapter.parts)
    return Section(
        key=chapter.key,
        heading=chapter.heading,
        paragraphs=(),
        tables=tables,
        charts=tuple(filter(None, charts)),
        notes=(GAPS,) if any(table.has_gaps for table in tables) else (),
        without_figures=chapter.words,
    )
