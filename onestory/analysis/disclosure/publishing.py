"""A whole report for publication: its tables released, and nothing in it that could say more."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from onestory.analysis import charts
from onestory.analysis.charts.words import listed
from onestory.analysis.disclosure.counts import TOTALS, is_count
from onestory.analysis.disclosure.releasing import Release, release
from onestory.analysis.disclosure.rule import Rule
from onestory.analysis.report import GAPS, SUPPRESSED, Chart, Report, Section, Table

LARGEST = 3
MOST_NAMED = 5
HIDDEN = f"{SUPPRESSED}: hidden because it is small, or because a small figure could be worked out from it."


def publish(report: Report, rule: Rule, earlier: Sequence[Release] = ()) -> Report:
    """The report for readers who may not see the records. See `published`."""
    return published(report, release(report.tables, rule, earlier), rule)


def published(report: Report, made: Release, rule: Rule) -> Report:
    """The report with the tables of a release.

    Sentences and descriptions are written anew from these tables. What the author wrote is left
    out, since it may hold figures, and so are notes on what was printed before.
    """
    tables = dict(zip((table.name for table in report.tables), made.tables, strict=True))
    return replace(
        report,
        sections=tuple(_section(section, tables) for section in report.sections),
        published_by=rule.words,
    )


def _section(section: Section, by_name: Mapping[str, Table]) -> Section:
    tables = tuple(by_name[table.name] for table in section.tables)
    said = (sentence for table in tables if (sentence := in_words(table)))
    return replace(
        section,
        paragraphs=(*section.without_figures, *said),
        tables=tables,
        charts=tuple(_chart(chart, by_name[chart.table.name]) for chart in section.charts),
        notes=tuple(_notes(tables)),
        comment="",
    )


def _chart(chart: Chart, table: Table) -> Chart:
    drawn = replace(chart, table=table.only(chart.table.columns))
    return replace(drawn, alt=charts.alt(drawn))


def _notes(tables: Iterable[Table]) -> list[str]:
    cells = [cell for table in tables for line in table.cells for cell in line]
    notes = [HIDDEN] if any(cell.suppressed for cell in cells) else []
    return [*notes, GAPS] if any(table.has_gaps for table in tables) else notes


def in_words(table: Table) -> str:
    """A sentence of what a table shows, from what is printed of it: nothing if there is little."""
    if len(table.rows) == 1 and table.rows[0] in TOTALS:
        said = [
            f"{cell.text} in {_in(column)}"
            for column, cell in zip(table.columns, table.cells[0], strict=True)
            if cell.value is not None
        ]
        return f"{table.title}: {listed(said)}." if said else ""
    return _largest(table)


def _largest(table: Table) -> str:
    """'Cases by area: the most in 2017/18 were in North (80) and South (45).'"""
    column = len(table.columns) - 1
    ranked = sorted(
        (
            (label, cells[column])
            for label, cells in table.lines
            if label not in TOTALS and is_count(cells[column]) and cells[column].value
        ),
        key=lambda pair: -pair[1].value,
    )
    if len(ranked) <= LARGEST:
        return ""
    least = ranked[LARGEST - 1][1].value
    named = [f"{label} ({cell.text})" for label, cell in ranked if cell.value >= least]
    if len(named) > MOST_NAMED:
        return ""
    return f"{table.title}: the most in {_in(table.columns[column])} were in {listed(named)}."


def _in(column: str) -> str:
    return f"the {column.lower()}" if column in TOTALS else column
