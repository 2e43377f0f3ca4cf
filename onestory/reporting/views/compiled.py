"""A compiled report on a page and as a file: always released, since it counts what others recorded."""

from io import BytesIO
from urllib.parse import urlencode

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from onestory.agencies.area.compiled import Compiled
from onestory.agencies.roles import Permission
from onestory.analysis.report import Report
from onestory.kernel.errors import Refused
from onestory.reporting.compiling import look_at, spans_over, usual_span
from onestory.reporting.documents import FORMATS
from onestory.reporting.forms.editions import SpanForm
from onestory.reporting.measuring import latest
from onestory.reporting.queries import reports as queries
from onestory.reporting.views.pages import shown

DOWNLOADS = {
    "docx": "Word",
    "pdf": "PDF",
    "ods": "Spreadsheet (ODS)",
    "csv": "Figures (CSV)",
    "html": "Web page (HTML)",
}
# So many periods that are over can be chosen.
OFFERED = {"year": 10, "quarter": 16}


def report(request: HttpRequest, code: str) -> HttpResponse:
    """The report of the period that the address names, or of the last of which something is recorded."""
    definition = queries.compiled_report_for(request.actor, code)
    form = _form(request, definition)
    context = {
        "form": form,
        "definition": definition,
        "breadcrumbs": [("Reports", reverse("reporting:reports"))],
        "writes": any(
            Permission.REPORT_WRITE in hat.permissions and hat.team == definition.team
            for hat in request.actor.hats
        ),
    }
    if form.is_valid():
        try:
            context |= _made(definition, look_at(definition, *form.period), form)
        except Refused as refused:
            context["refused"] = refused.reason
    return render(request, "reporting/compiled.html", context)


def download(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The report as a file, with the figures of its page."""
    definition = queries.compiled_report_for(request.actor, code)
    form = _form(request, definition)
    if kind not in FORMATS or not form.is_valid():
        raise Http404
    from_, to = form.period
    try:
        content = FORMATS[kind].render(look_at(definition, from_, to))
    except Refused as refused:
        messages.error(request, refused.reason)
        return redirect(f"{reverse('reporting:report', args=[code])}?{_query(form)}")
    return FileResponse(
        BytesIO(content),
        as_attachment=True,
        filename=f"{code}-{from_}-to-{to}.{kind}",
        content_type=FORMATS[kind].media_type,
    )


def _made(definition: Compiled, made: Report, form: SpanForm) -> dict:
    """What the page shows of the report, and where it leads."""
    query, path = _query(form), latest().path
    return {
        "report": made,
        "sections": [(part, shown(part, snapshot=path)) for part in made.sections],
        "downloads": [
            (label, f"{reverse('reporting:download', args=[definition.code, kind])}?{query}")
            for kind, label in DOWNLOADS.items()
        ],
    }


def _form(request: HttpRequest, definition: Compiled) -> SpanForm:
    snapshot = latest()
    today = snapshot.counted_to if snapshot else timezone.localdate()
    spans = spans_over(definition, today, OFFERED[definition.period])
    if "span" in request.GET:
        return SpanForm(request.GET, spans=spans)
    usual = usual_span(definition, snapshot) if snapshot else spans[0]
    given = {"span": usual.label if usual in spans else spans[0].label}
    return SpanForm(given, spans=spans)


def _query(form: SpanForm) -> str:
    return urlencode({"span": form.cleaned_data["span"]})
