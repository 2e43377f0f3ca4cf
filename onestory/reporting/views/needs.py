"""Needs assessments: the topics, and one with its assumptions, its tables and its files."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.http import FileResponse, Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from onestory.access.guard import needs as needs_permission
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.analysis import needs
from onestory.analysis.needs.document import Assessment, assessment
from onestory.analysis.needs.layout import output
from onestory.analysis.needs.model import Model, run
from onestory.analysis.report import Section
from onestory.kernel.components import Column
from onestory.reporting.documents import FORMATS
from onestory.reporting.forms.needs import AssumptionsForm, written
from onestory.reporting.views.pages import shown
from onestory.reporting.views.yearly import DOWNLOADS

READERS = (Permission.REPORT_READ, Permission.SNAPSHOT_MAKE)
MOVES = "moves"
EFFECT = [
    Column("Estimate"),
    Column("By the sources", numeric=True),
    Column("As changed", numeric=True),
]


@needs_permission(*READERS)
def topics(request):
    """What can be assessed for this area; of what cannot, which input is missing."""
    found = [_ready(code, title) for code, title in needs.TOPICS.items()]
    return render(request, "reporting/needs.html", {"topics": found})


@needs_permission(*READERS)
def topic(request, code):
    """A needs assessment, by the sources or with assumptions changed in the address."""
    context = {
        "title": needs.TOPICS.get(code),
        "breadcrumbs": [("Needs assessments", reverse("reporting:needs"))],
    }
    try:
        model = _model(code)
        form = AssumptionsForm(request.GET, model=model)
        context |= {"model": model, "form": form}
        if form.is_valid():
            context |= _made(model, form)
    except needs.InputError as error:
        context["refused"] = str(error)
    return render(request, "reporting/needs_topic.html", context)


@needs_permission(*READERS)
def download(request, code, kind):
    """The assessment as a file, with the assumptions that the address changes."""
    if kind not in FORMATS:
        raise Http404
    try:
        model = _model(code)
        form = AssumptionsForm(request.GET, model=model)
        if not form.is_valid():
            raise Http404
        content = FORMATS[kind].render(_document(model, form))
    except needs.InputError as error:
        raise Http404 from error
    return FileResponse(
        BytesIO(content),
        as_attachment=True,
        filename=f"needs-{code.replace('_', '-')}-{timezone.localdate()}.{kind}",
        content_type=FORMATS[kind].media_type,
    )


def _local() -> Path:
    """Where the area's own inputs lie."""
    return settings.AREAS / pack().code / "needs"


def _model(code: str) -> Model:
    if code not in needs.TOPICS:
        raise Http404
    return needs.topic(code, _local())


def _ready(code: str, title: str) -> tuple[str, str, str, str]:
    """Code, title, what it is about, and what stands in the way if something does."""
    try:
        return code, title, needs.topic(code, _local()).about, ""
    except needs.InputError as error:
        return code, title, "", str(error)


def _document(model: Model, form: AssumptionsForm) -> Assessment:
    return assessment(model, made_at=timezone.localtime(), changes=form.changes, area=pack().name)


def _made(model: Model, form: AssumptionsForm) -> dict:
    """What the page shows: the document, with what moves one estimate only, for it to be quick."""
    made, changes = _document(model, form), form.changes
    sections = [
        _narrowed(part, form.output) if part.key == MOVES else part for part in made.sections
    ]
    query = urlencode({code: written(value) for code, value in changes.items()})
    address = reverse("reporting:needs_topic", args=[model.code])
    return {
        "report": made,
        "sections": [(part, shown(part)) for part in sections],
        "changed": [(model.inputs[code].label, written(value)) for code, value in changes.items()],
        "effect": _effect(model, changes) if changes else [],
        "effect_columns": EFFECT,
        "as_known": address,
        "downloads": [
            (label, f"{reverse('reporting:needs_download', args=[model.code, kind])}?{query}")
            for kind, label in DOWNLOADS.items()
        ],
    }


def _narrowed(section: Section, output: str) -> Section:
    """Of what moves the estimates, the part on one of them."""
    name = f"{MOVES}-{output}"
    return replace(
        section,
        tables=tuple(table for table in section.tables if table.name == name),
        charts=tuple(chart for chart in section.charts if chart.name == name),
    )


def _effect(model: Model, changes) -> list[list[str]]:
    """The main estimates as they were and as they are now."""
    before, now = run(model), run(model, changes)
    return [
        [model.step(code).label, output(before, code).text, output(now, code).text]
        for code in needs.main_outputs(model.code)
    ]
