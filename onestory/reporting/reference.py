"""What the compiled reports of an area are made of, for a page of the reference."""

from collections.abc import Callable, Iterator
from typing import Any

from onestory.agencies.area import Pack
from onestory.analysis.compiled import Chapter, Definition, Part
from onestory.analysis.measures.wording import group_title
from onestory.reporting.definitions import definition_of

Table = Callable[[list[str], list[list[object]]], str]
HEADINGS = ["section", "table", "made", "of", "cut by", "beside it", "chart"]
ABOUT = (
    "Each is a file in the folder `reports` of the area. Counted tables are of the latest snapshot, by"
    " [measures](measures.md); others are entered by hand with each edition."
)
PERIODS = {"year": "financial year", "quarter": "quarter"}


def page(pack: Pack, table: Table) -> str:
    """Every report with its tables, and how each came about."""
    said = [f"# Compiled reports: {pack.title}", ABOUT]
    for report in pack.compiled.values():
        one = definition_of(report, pack)
        whose = ", ".join(one.teams.values()) or "all teams"
        said += [
            f"## {one.title}",
            f"`{one.code}`, of {one.owner}: each {PERIODS[one.period]}, counted of {whose}.",
            f"Source: {one.source}.",
            table(HEADINGS, list(_lines(one))),
        ]
    return "\n\n".join(said) + "\n"


def _lines(one: Definition) -> Iterator[list[object]]:
    for chapter in one.chapters:
        for part in chapter.parts:
            yield _counted(chapter, part)
        for rate in chapter.rates:
            of = f"{rate.measure} for each {rate.per:,} {rate.of}"
            beside = "the period before" + ", benchmark" * bool(rate.benchmark)
            yield [chapter.heading, rate.title, "counted", of, "quarter", beside, ""]
            for staff in rate.staff:
                of = f"{rate.measure}, one for each of {staff.benchmark}"
                yield [chapter.heading, staff.title, "modelled", of, "", "the period before", ""]
        for entry in chapter.entries:
            rows = ", ".join(entry.rows.values())
            yield [chapter.heading, entry.title, "entered", rows, "", "the last edition", ""]


def _counted(chapter: Chapter, part: Part) -> list[object]:
    beside = ["the period before"] * part.compared + ["target"] * part.target
    where = "; ".join(f"only {column} {_words(value)}" for column, value in part.where.items())
    return [
        chapter.heading,
        part.title or part.found[0].title,
        "counted",
        ", ".join(part.measures) + (f" ({where})" if where else ""),
        group_title(part.by).lower() if part.by else "",
        ", ".join(beside),
        part.chart,
    ]


def _words(value: Any) -> str:
    """'domestic-abuse', 'one or another', 'first domestic-abuse'."""
    if isinstance(value, dict):
        return " and ".join(f"{name} {limit}" for name, limit in value.items())
    return " or ".join(value) if isinstance(value, list) else str(value)
