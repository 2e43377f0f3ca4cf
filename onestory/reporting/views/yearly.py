"""The yearly reports: the list, each on a page and as a file, and the cases behind a figure."""

from collections.abc import Callable
from io import BytesIO
from typing import NamedTuple
from urllib.parse import urlencode

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from onestory.access.guard import needs
from onestory.agencies.area import Report as Definition
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.analysis.report import Report
from onestory.cases.export import days_with_cases
from onestory.kernel.errors import Refused
from onestory.reporting.documents import FORMATS
from onestory.reporting.forms.periods import PeriodForm
from onestory.reporting.making import make, usual_period, years_to_choose
from onestory.reporting.publication import make_for_publication, publish
from onestory.reporting.queries import reports as queries
from onestory.reporting.views import compiled as compiled_views
from onestory.reporting.views.compiled import DOWNLOADS
from onestory.reporting.views.pages import CASE_COLUMNS, case_rows, shown

DAYS = ("from", "to")


class Edition(NamedTuple):
    """The report with all its figures, or as it may be published: how it is made, and its pages."""

    look: Callable[..., Report]
    write: Callable[..., Report]
    file: str
    other: str


WHOLE = Edition(make, make, "download", "publication")
PUBLIC = Edition(make_for_publication, publish, "publication_download", "report")


@needs(Permission.REPORT_READ, Permission.REPORT_RELEASED)
def reports(request):
    """The reports that this person reads: with every figure, and those that are always released."""
    found = [(report, pack().teams[report.team]) for report in queries.reports_for(request.actor)]
    counted = [
        (report, pack().teams[report.team]) for report in queries.compiled_for(request.actor)
    ]
    return render(request, "reporting/reports.html", {"reports": found, "compiled": counted})


@needs(Permission.REPORT_READ, Permission.REPORT_RELEASED)
def report(request, code, edition=WHOLE):
    """One report, of the period that the address names or else of the usual one."""
    if code in pack().compiled and edition is WHOLE:
        return compiled_views.report(request, code)
    definition = queries.report_for(request.actor, code)
    form = _period_form(request, definition)
    context = {"form": form, "definition": definition, "breadcrumbs": _trail(definition)}
    if form.is_valid():
        try:
            context |= _made(definition, form, edition)
        except Refused as refused:
            context["refused"] = refused.reason
    return render(request, "reporting/report.html", context)


@needs(Permission.REPORT_READ, Permission.REPORT_RELEASED)
def download(request, code, kind, edition=WHOLE):
    """The report as a file."""
    if code in pack().compiled and edition is WHOLE:
        return compiled_views.download(request, code, kind)
    definition = queries.report_for(request.actor, code)
    form = _period_form(request, definition)
    if kind not in FORMATS or not form.is_valid():
        raise Http404
    from_, to = form.period
    try:
        content = FORMATS[kind].render(edition.write(definition, from_, to))
    except Refused as refused:
        messages.error(request, refused.reason)
        days = urlencode({"from": from_, "to": to})
        return redirect(f"{reverse('reporting:report', args=[code])}?{days}")
    name = f"{code}-for-publication" if edition is PUBLIC else code
    return FileResponse(
        BytesIO(content),
        as_attachment=True,
        filename=f"{name}-{from_}-to-{to}.{kind}",
        content_type=FORMATS[kind].media_type,
    )


@needs(Permission.REPORT_READ)
def cell(request, code, key):
    """The cases that make up a figure, as far as they are open to this person.

    It says nowhere how many they should be: see `docs/guides/yearly-report.md`.
    """
    definition = queries.report_for(request.actor, code)
    figure = queries.figure_for(request.actor, definition, key)
    page = queries.cases_of(
        request.actor,
        definition,
        figure,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    days = _days(request)
    context = {
        "definition": definition,
        "figure": figure,
        "columns": CASE_COLUMNS,
        "rows": case_rows(page.rows, pack()),
        "previous": _beside(days, "before", page.previous),
        "next": _beside(days, "after", page.next),
        "breadcrumbs": _trail(definition, urlencode(days)),
    }
    return render(request, "reporting/cell.html", context)


def _made(definition: Definition, form: PeriodForm, edition: Edition) -> dict:
    """What the page shows of an edition of the report, and where it leads."""
    made, code = edition.look(definition, *form.period), definition.code
    days = "?" + urlencode(form.cleaned_data)
    return {
        "public": edition is PUBLIC,
        "report": made,
        "other": reverse(f"reporting:{edition.other}", args=[code]) + days,
        "sections": [(part, shown(part, _to_cell(code, days))) for part in made.sections],
        "downloads": [
            (label, reverse(f"reporting:{edition.file}", args=[code, kind]) + days)
            for kind, label in DOWNLOADS.items()
        ],
    }


def _period_form(request, definition: Definition) -> PeriodForm:
    known = days_with_cases(definition.team)
    given = _days(request) or dict(zip(DAYS, map(str, usual_period(known)), strict=True))
    return PeriodForm(given, years=years_to_choose(known))


def _days(request) -> dict[str, str]:
    return {name: request.GET[name] for name in DAYS if name in request.GET}


def _to_cell(code: str, days: str):
    return lambda key: reverse("reporting:cell", args=[code, key]) + days


def _beside(days: dict, name: str, place: str) -> str:
    return "?" + urlencode({**days, name: place}) if place else ""


def _trail(definition: Definition, days: str = "") -> list[tuple[str, str]]:
    address = reverse("reporting:report", args=[definition.code])
    trail = [("Reports", reverse("reporting:reports"))]
    return [*trail, (definition.title, f"{address}?{days}")] if days else trail
