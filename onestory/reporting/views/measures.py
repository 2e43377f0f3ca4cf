"""Measures: the list, and one that explains itself and runs on the latest snapshot."""

import csv
from io import StringIO

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from onestory.access.guard import needs
from onestory.agencies.roles import Permission
from onestory.analysis import measures
from onestory.analysis.disclosure.publishing import HIDDEN
from onestory.analysis.measures import Measure
from onestory.analysis.measures.wording import explained
from onestory.analysis.report import Table
from onestory.analysis.snapshots import SnapshotError
from onestory.kernel.components import Cell, Column, Row
from onestory.kernel.errors import Refused
from onestory.reporting import measuring
from onestory.reporting.drawings import drawing
from onestory.reporting.forms.measures import MeasureForm
from onestory.reporting.releasing import rule_on
from onestory.reporting.views.pages import in_full

READERS = (Permission.REPORT_READ, Permission.SNAPSHOT_MAKE)
LIST = [Column("Measure"), Column("What it counts"), Column("Unit")]
IN_FULL = "With small numbers: for those who may see the records, not for publication."


@needs(*READERS)
def all_measures(request):
    """Every measure, by what it is about."""
    found = [
        (
            about.rstrip("."),
            [_line(one) for one in measures.MEASURES.values() if one.folder == folder],
        )
        for folder, about in measures.families().items()
    ]
    return render(request, "reporting/measures.html", {"families": found, "columns": LIST})


@needs(*READERS)
def one_measure(request, code):
    """A measure: what it counts, and its figures for what the address asks."""
    measure = _measure(code)
    context = {
        "measure": measure,
        "explained": [Row(heading, words) for heading, words in explained(measure)],
        "breadcrumbs": [("Measures", reverse("reporting:measures"))],
        "may_make": request.actor.may(Permission.SNAPSHOT_MAKE),
    }
    try:
        form = _form(request, measure)
        context["form"] = form
        if form and form.is_valid():
            context |= _shown(request, form)
    except (SnapshotError, Refused) as error:
        context["refused"] = str(error)
    return render(request, "reporting/measure.html", context)


@needs(*READERS)
def measure_csv(request, code):
    """The same figures as a file, with their intervals."""
    try:
        form = _form(request, _measure(code))
        if not (form and form.is_valid()):
            raise Http404
        table = _table(form)
    except (SnapshotError, Refused) as error:
        raise Http404 from error
    file = StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(("row", "column", "value", "low", "high", "unit"))
    for row, cells in table.lines:
        for column, cell in zip(table.columns, cells, strict=True):
            value = cell.text if cell.suppressed or cell.value is None else cell.value
            writer.writerow((row, column, value, _short(cell.low), _short(cell.high), cell.unit))
    name = f"{code}-{form.asked.start}-to-{form.asked.end}-by-{form.asked.by}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(file.getvalue(), "text/csv; charset=utf-8", headers=headers)


def _measure(code: str) -> Measure:
    if code not in measures.MEASURES:
        raise Http404
    return measures.MEASURES[code]


def _form(request, measure: Measure) -> MeasureForm | None:
    """None where there is no snapshot to ask."""
    snapshot = measuring.latest()
    if snapshot is None:
        return None
    form = MeasureForm(
        request.GET, measure=measure, by=request.actor, counted_to=snapshot.counted_to
    )
    form.snapshot = snapshot
    return form


def _table(form: MeasureForm) -> Table:
    return measuring.figures(form.asked, form.snapshot, released=not form.sees_all)


def _shown(request, form: MeasureForm) -> dict:
    """Chart and table, and where they come from."""
    table = _table(form)
    chart = measuring.drawn(form.asked, table)
    address = reverse("reporting:measure_csv", args=[form.measure.code])
    query = request.GET.urlencode()
    hidden = any(cell.suppressed for line in table.cells for cell in line)
    rule = rule_on(timezone.localdate())
    return {
        "table": table,
        "columns": [Column(table.corner), *(Column(c, numeric=True) for c in table.columns)],
        "rows": [
            [Cell(row), *(Cell(in_full(cell)) for cell in cells)] for row, cells in table.lines
        ],
        "chart": chart,
        "drawing": drawing(chart) if chart else "",
        "said": IN_FULL if form.sees_all else " ".join([rule.words, *([HIDDEN] if hidden else [])]),
        "snapshot": form.snapshot,
        "csv": f"{address}?{query}" if query else address,
    }


def _line(measure: Measure) -> list:
    address = reverse("reporting:measure", args=[measure.code])
    return [Cell(measure.title, url=address), measure.definition, measure.unit.capitalize()]


def _short(end: float | None) -> str:
    return "" if end is None else f"{end:.3f}"
