"""The yearly performance report: a team's cases, compared year with year."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from onestory.analysis import prose
from onestory.analysis import tally as counts
from onestory.analysis.cases import CaseRow, ReportSettings
from onestory.analysis.periods import Period
from onestory.analysis.report import GAPS, Chart, Report, Section, Table
from onestory.analysis.tally import Tally

HEADINGS = {
    "introduction": "Introduction",
    "month": "Case numbers",
    "area": "Cases by area",
    "group": "Cases by survivor group",
    "category": "Cases by category",
    "risk": "Risk assessments",
    "sexual": "Sexual abuse cases",
}


def report(
    rows: Iterable[CaseRow],
    settings: ReportSettings,
    from_: date,
    to: date,
    *,
    made_at: datetime,
    comments: Mapping[str, str] | None = None,
) -> Report:
    """The report on the cases opened from one day to another, both counted.

    `made_at` is in local time: nothing after its date is counted. `comments` are the author's own
    words, by the key of the section in which they stand (see `HEADINGS`).
    """
    comments = comments or {}
    if unknown := comments.keys() - HEADINGS.keys():
        raise ValueError(f"The report has no section {', '.join(sorted(unknown))}.")
    period = Period(from_, to, made_at.date())
    tally = Tally.of(rows, settings, period)
    made = (
        _introduction(tally),
        _numbers(tally),
        _areas(tally),
        _breakdown(tally, "group", settings.groups, "survivor group", "survivor groups"),
        _breakdown(tally, "category", settings.categories, "category", "categories"),
        _risk(tally),
        _sexual(tally),
    )
    sections = tuple(
        replace(
            section,
            number=number,
            notes=_notes(section, settings),
            comment=comments.get(section.key, ""),
        )
        for number, section in enumerate(made, start=1)
    )
    return Report(settings.title, settings.team, period.label, made_at, sections)


def _introduction(tally: Tally) -> Section:
    said = tuple(prose.introduction(tally))
    return Section("introduction", HEADINGS["introduction"], said, without_figures=said)


def _numbers(tally: Tally) -> Section:
    total, mean, month = counts.total(tally), counts.mean(tally), counts.month(tally)
    change = counts.change(tally)
    return Section(
        key="month",
        heading=HEADINGS["month"],
        paragraphs=tuple(prose.numbers(tally, mean.cells[0][-1])),
        tables=(total, mean, *([change] if change else []), month),
        charts=_charts("months", month, prose.months_chart(tally)),
    )


def _areas(tally: Tally) -> Section:
    section = _breakdown(tally, "area", tally.settings.areas, "area", "areas")
    return replace(section, tables=(*section.tables, counts.share(tally)))


def _breakdown(
    tally: Tally, name: str, known: Mapping[str, str], singular: str, plural: str
) -> Section:
    labels = tally.labels(name, known)
    table = counts.by_code(tally, name, labels, singular)
    return Section(
        key=name,
        heading=HEADINGS[name],
        paragraphs=tuple(prose.breakdown(tally, table, labels, plural)),
        tables=(table,),
        charts=_charts("bars", table, prose.bars_chart(table)),
    )


def _risk(tally: Tally) -> Section:
    table = counts.risk(tally)
    return Section(
        key="risk",
        heading=HEADINGS["risk"],
        paragraphs=tuple(prose.risk(tally, counts.assessments(tally.settings))),
        tables=(table,),
    )


def _sexual(tally: Tally) -> Section:
    return Section(
        key="sexual",
        heading=HEADINGS["sexual"],
        paragraphs=tuple(prose.sexual(tally)),
        tables=(counts.sexual(tally),),
    )


def _charts(kind: str, table: Table, alt: str) -> tuple[Chart, ...]:
    """A chart of the table, unless it would be an empty frame."""
    if not any(cell.value for row in table.cells for cell in row):
        return ()
    return (Chart(table.name, table.title, kind, alt, table),)


def _notes(section: Section, settings: ReportSettings) -> tuple[str, ...]:
    notes = [note for table in section.tables for note in prose.differences(table, settings)]
    if any(table.has_gaps for table in section.tables):
        notes.append(GAPS)
    return tuple(notes)
