"""The share of questions that had been answered before: a figure to be seen to fall."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from onestory.access.guard import needs
from onestory.agencies.roles import Permission
from onestory.analysis import charts
from onestory.analysis.report import Cell, Chart, Count, Made, Table
from onestory.analysis.statistics import wilson
from onestory.assessment import queries
from onestory.assessment.queries import AskedAgain
from onestory.kernel.calendar import months
from onestory.kernel.components import Column
from onestory.reporting.drawings import drawing

MONTHS = 12
TEAMS = [
    Column("Service"),
    Column("Questions asked", numeric=True),
    Column("Answered before", numeric=True),
    Column("Share", numeric=True),
    Column("Of these, the answer still held", numeric=True),
]
BY_MONTH = [Column("Month"), *TEAMS[1:]]
TITLE = "Share of questions that had been answered before"


@needs(Permission.ASSESS, Permission.REPORT_READ)
def asked_again(request: HttpRequest) -> HttpResponse:
    """By service and by month, the last twelve months. Counts alone."""
    today = timezone.localdate()
    start = _first_month(today)
    found = queries.asked_again(None, start, today)
    by_month = _sums(found, lambda one: f"{one.month:%B %Y}")
    in_order = {f"{month:%B %Y}": by_month.get(f"{month:%B %Y}") for month in months(start, today)}
    context = {
        "teams": TEAMS,
        "by_team": _lines(_sums(found, lambda one: one.team)),
        "months": BY_MONTH,
        "by_month": _lines({month: sums for month, sums in in_order.items() if sums}),
        "chart": _chart(in_order) if len(by_month) > 1 else None,
        "since": start,
    }
    if context["chart"]:
        context["drawing"] = drawing(context["chart"])
    return render(request, "reporting/asked_again.html", context)


def _first_month(today: date) -> date:
    number = today.year * 12 + today.month - MONTHS
    return date(number // 12, number % 12 + 1, 1)


def _sums(found: Iterable[AskedAgain], label: Callable) -> dict[str, list[int]]:
    """Questions asked, those answered before, and those whose answer held."""
    sums = defaultdict(lambda: [0, 0, 0])
    for one in found:
        line = sums[label(one)]
        line[0] += one.asked
        line[1] += one.known
        line[2] += one.held
    return dict(sums)


def _lines(sums: dict[str, list[int]]) -> list[list]:
    return [
        [name, f"{asked:,}", f"{known:,}", f"{known / asked:.0%}", f"{held:,}"]
        for name, (asked, known, held) in sums.items()
    ]


def _chart(by_month: dict[str, list[int] | None]) -> Chart:
    """A line through the months, in the band in which chance alone would leave it."""
    table = Table(
        name="asked-again",
        title=TITLE,
        corner="Month",
        columns=("Answered before",),
        rows=tuple(f"{month[:3]} {month[-4:]}" for month in by_month),
        cells=tuple((_share(sums),) for sums in by_month.values()),
        definition="Questions that had been answered before, of all questions asked.",
        source="the answers recorded here",
        method="Measures of how things are, which are meant to be asked each time, are left out.",
        of_people=False,
    )
    chart = Chart(table.name, TITLE, "lines", "", table)
    return Chart(table.name, TITLE, "lines", charts.alt(chart), table)


def _share(sums: list[int] | None) -> Cell:
    if not sums:
        return Cell(None, "percent")
    asked, known, _ = sums
    share = wilson(known, asked).times(100)
    made = Made("ratio", (Count(known), Count(asked)), times=100, interval="wilson")
    return Cell(round(share.value), "percent", made=made, low=share.low, high=share.high)
