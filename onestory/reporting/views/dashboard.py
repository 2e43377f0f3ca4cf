"""The dashboard of a team, for whoever manages it."""

from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse

from onestory.access.guard import needs
from onestory.agencies.actor import Actor, Hat
from onestory.agencies.roles import Permission
from onestory.analysis.measures import MeasureError
from onestory.analysis.measures.wording import number
from onestory.analysis.snapshots import Snapshot, SnapshotError
from onestory.kernel.components import Cell, Column
from onestory.kernel.svg import safe_svg
from onestory.reporting import dashboard, measuring
from onestory.reporting.dashboard import Key

# The list in which the records of a figure are, with what it is called and how it is narrowed.
RECORDS = {
    "cases-open": ("cases:list", "The open cases", {"state": "open"}),
    "cases-opened": ("cases:list", "The cases opened this year", {"year": "{year}"}),
    "cases-people": ("cases:list", "The cases opened this year", {"year": "{year}"}),
    "cases-waiting": ("cases:list", "The open cases", {"state": "open"}),
    "contacts-waiting": ("cases:worklist", "The worklist", {}),
    "referrals-unanswered": ("cases:inbox", "Referrals to the team", {}),
    "referrals-waiting": ("cases:inbox", "Referrals to the team", {}),
}


@needs(Permission.REPORT_READ)
def own(request, team=""):
    """Few figures of a team that the reader manages, from the latest snapshot."""
    managed = _managed(request.actor)
    hat = next((one for one in managed if team in ("", one.team)), None)
    if hat is None:
        raise Http404
    context = {"team": hat, "others": [one for one in managed if one != hat]}
    context["may_make"] = request.actor.may(Permission.SNAPSHOT_MAKE)
    try:
        snapshot = measuring.latest()
        if snapshot:
            context |= _shown(snapshot, hat)
    except (SnapshotError, MeasureError) as error:
        context["refused"] = str(error)
    return render(request, "reporting/dashboard.html", context)


def _managed(by: Actor) -> list[Hat]:
    return [one for one in by.hats if one.works_cases and Permission.REPORT_READ in one.permissions]


def _shown(snapshot: Snapshot, hat: Hat) -> dict:
    found = dashboard.keys(snapshot.path, hat.team, dashboard.codes(hat.team))
    spans = dashboard.days(snapshot.counted_to)
    year = spans.now.label
    asked = {"by": "month", "team": hat.team}
    for name, day in (("start", spans.months.start), ("end", spans.months.end)):
        asked |= {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}
    months = [one.label for one in found[0].months]
    return {
        "snapshot": snapshot,
        "days": spans.words,
        "figures": [
            (key, _picture(key), *_to_records(key, year), _to_measure(key, asked)) for key in found
        ],
        "month_columns": [Column("Figure"), *(Column(label, numeric=True) for label in months)],
        "month_rows": [
            [Cell(key.measure.title), *(number(key.measure, one.value) for one in key.months)]
            for key in found
        ],
    }


def _picture(key: Key) -> str:
    """The twelve months, drawn small; the table beneath has the figures."""
    if not key.drawing:
        return ""
    title = f"{key.measure.title} by month"
    return safe_svg(key.drawing, title=title, description=key.alt, prefix=key.measure.code)


def _to_records(key: Key, year: str) -> tuple[str, str]:
    """The address of the records, and what the list is called; nothing where there is no list."""
    if key.measure.code not in RECORDS:
        return "", ""
    view, words, narrowed = RECORDS[key.measure.code]
    query = urlencode({name: value.format(year=year) for name, value in narrowed.items()})
    return f"{reverse(view)}?{query}" if query else reverse(view), words


def _to_measure(key: Key, asked: dict) -> str:
    return f"{reverse('reporting:measure', args=[key.measure.code])}?{urlencode(asked)}"
