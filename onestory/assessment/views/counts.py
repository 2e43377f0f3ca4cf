"""The share of questions that had been answered before: a figure to be seen to fall."""

from collections import defaultdict
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from onestory.agencies.guard import needs
from onestory.agencies.roles import Permission
from onestory.assessment import queries
from onestory.assessment.queries import AskedAgain
from onestory.kernel.calendar import months
from onestory.kernel.components import Column

MONTHS = 12
TEAMS = [
    Column("Service"),
    Column("Questions asked", numeric=True),
    Column("Answered before", numeric=True),
    Column("Share", numeric=True),
    Column("Of these, the answer still held", numeric=True),
]
BY_MONTH = [Column("Month"), *TEAMS[1:]]


@needs(Permission.ASSESS, Permission.REPORT_READ)
def asked_again(request: HttpRequest) -> HttpResponse:
    """By service and by month, the last twelve months. Counts alone."""
    today = timezone.localdate()
    start = _first_month(today)
    found = queries.asked_again(None, start, today)
    context = {
        "teams": TEAMS,
        "by_team": _lines(found, lambda one: one.team),
        "months": BY_MONTH,
        "by_month": [
            line
            for month in months(start, today)
            for line in _lines(
                [o for o in found if o.month == month], lambda one: f"{one.month:%B %Y}"
            )
        ],
        "total": _lines(found, lambda one: "All services"),
        "since": start,
    }
    return render(request, "assessment/asked_again.html", context)


def _first_month(today: date) -> date:
    number = today.year * 12 + today.month - MONTHS
    return date(number // 12, number % 12 + 1, 1)


def _lines(found: list[AskedAgain], label) -> list[list]:
    sums = defaultdict(lambda: [0, 0, 0])
    for one in found:
        line = sums[label(one)]
        line[0] += one.asked
        line[1] += one.known
        line[2] += one.held
    return [
        [name, f"{asked:,}", f"{known:,}", f"{known / asked:.0%}", f"{held:,}"]
        for name, (asked, known, held) in sums.items()
    ]
