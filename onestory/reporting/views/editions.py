"""Editions of reports: the list, one of them, and what its authors do on the way to freezing it."""

from dataclasses import replace
from io import BytesIO
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, localtime
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onestory.access.guard import needs
from onestory.access.views.pages import done, sent
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.analysis.report import Report
from onestory.analysis.snapshots import NAMED
from onestory.cases.export import days_with_cases
from onestory.kernel.components import Cell, Column, Row
from onestory.kernel.errors import Refused, Stale
from onestory.kernel.opening import Opening
from onestory.kernel.templatetags.pages import moment, tag
from onestory.reporting.actions import editions as actions
from onestory.reporting.compiling import spans_over
from onestory.reporting.documents import FORMATS
from onestory.reporting.forms import editions as forms
from onestory.reporting.forms.periods import PeriodForm
from onestory.reporting.making import entries_of, sections_of, usual_period, years_to_choose
from onestory.reporting.models import Edition
from onestory.reporting.queries import editions as queries
from onestory.reporting.releasing import rule_on
from onestory.reporting.views import edition_pages as pages
from onestory.reporting.views.pages import shown
from onestory.reporting.views.yearly import DAYS, DOWNLOADS

writers = needs(Permission.REPORT_WRITE)
COLUMNS = [Column("Period"), Column("Version"), Column("State"), Column("Begun")]
# So many periods that are over can be chosen.
OFFERED = 8
MOVES = [Column("When"), Column("From"), Column("To"), Column("By"), Column("Why")]


@writers
@require_GET
def all_reports(request: HttpRequest) -> HttpResponse:
    """The reports that this person writes."""
    found = [(one, pack().teams[one.team]) for one in queries.reports_to_write(request.actor)]
    return render(request, "reporting/editions_all.html", {"reports": found})


@writers
@require_http_methods(["GET", "POST"])
def of_report(request: HttpRequest, code: str) -> HttpResponse:
    """The editions of a report, and a form to begin another."""
    by = request.actor
    definition = queries.report_to_write(by, code)
    form = _period_form(request, definition)
    made: list[Edition] = []

    def begin():
        from_, to = form.period
        made.append(actions.begin(by=by, code=code, from_=from_, to=to))

    if request.method == "POST" and done(form, begin):
        return redirect("reporting:edition", made[0].pk)
    found = queries.editions_of(
        by, code, after=request.GET.get("after", ""), before=request.GET.get("before", "")
    )
    context = {
        "definition": definition,
        "form": form,
        "columns": COLUMNS,
        "rows": [_line(edition) for edition in found.rows],
        "window": found,
        "breadcrumbs": [("Editions", reverse("reporting:editions"))],
    }
    return render(request, "reporting/editions.html", context)


@writers
@require_GET
def one(request: HttpRequest, edition_id: UUID) -> HttpResponse:
    """One edition: where it stands, what can be done next, and the whole of it as it is."""
    edition = queries.edition_for(request.actor, edition_id)
    frozen, published = queries.frozen_of(edition), queries.publication_of(edition)
    context = _head(edition) | {
        "frozen": frozen,
        "published": published,
        "facts": _facts(edition),
        "downloads": [
            (label, reverse("reporting:edition_download", args=[edition.pk, kind]))
            for kind, label in DOWNLOADS.items()
        ],
        "breadcrumbs": _trail(edition),
        "move_columns": MOVES,
        "moves": [_moved(move) for move in edition.moves.select_related("by").order_by("-at")],
    }
    if frozen is None:
        context |= _progress(edition)
    try:
        context |= _whole(queries.report_of(edition))
    except Refused as refused:
        context["refused"] = refused.reason
    return render(request, "reporting/edition.html", context)


@writers
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, edition_id: UUID, section: str) -> HttpResponse:
    """Writing one section, its figures beside it."""
    edition = queries.edition_for(request.actor, edition_id)
    headings = dict(sections_of(edition.report))
    # Who was still typing when a colleague froze it is told so, and keeps her words to copy.
    if section not in headings or (request.method == "GET" and queries.frozen_of(edition)):
        raise Http404
    passage = queries.passages_of(edition).get(section)
    form = forms.PassageForm(sent(request), initial={"words": passage.words if passage else ""})
    theirs = None
    if form.is_valid():
        try:
            _keep(request, edition, section, form.cleaned_data["words"])
            messages.success(request, f"Saved: {headings[section]}.")
            return redirect("reporting:edition", edition.pk)
        except Stale as stale:
            theirs = stale.theirs
            form.refuse(stale)
        except Refused as refused:
            form.add_error("words", refused.reason)
    context = _head(edition) | {
        "form": form,
        "heading": headings[section],
        "section": section,
        "passage": passage,
        "theirs": theirs,
        "tab": uuid4().hex if theirs else request.POST.get("tab") or uuid4().hex,
        "version": _version(request, theirs or passage, bool(theirs)),
        "back": {"url": reverse("reporting:edition", args=[edition.pk]), "text": edition.title},
    }
    return render(request, "reporting/edition_write.html", context | _beside(edition, section))


@writers
@require_POST
def save(request: HttpRequest, edition_id: UUID, section: str) -> HttpResponse:
    """Keeps what is being typed: 204 when it is kept, 409 when somebody else wrote meanwhile."""
    form = forms.PassageForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=400)
    edition = queries.edition_for(request.actor, edition_id)
    try:
        _keep(request, edition, section, form.cleaned_data["words"])
    except Refused:
        return HttpResponse(status=409)
    return HttpResponse(status=204)


@writers
@require_http_methods(["GET", "POST"])
def numbers(request: HttpRequest, edition_id: UUID, table: str) -> HttpResponse:
    """Entering the numbers of one table by hand, with where they are from."""
    edition = queries.edition_for(request.actor, edition_id)
    known = next((one for one in entries_of(edition.report) if one.key == table), None)
    if known is None or queries.frozen_of(edition):
        raise Http404
    entries = queries.entries_in(edition).get(table, {})
    sources = dict.fromkeys(entry.source for entry in entries.values() if entry.value)
    initial = {place: entry.value for place, entry in entries.items()}
    initial["source"] = "; ".join(sources) or known.source
    form = forms.NumbersForm(sent(request), initial=initial, table=known)

    def enter():
        actions.enter(
            by=request.actor,
            edition_id=edition.pk,
            table=table,
            numbers=form.numbers,
            source=form.cleaned_data["source"],
        )

    if done(form, enter):
        messages.success(request, f"Saved: {known.title}.")
        return redirect("reporting:edition", edition.pk)
    last = max(entries.values(), key=lambda entry: entry.entered_at, default=None)
    context = _head(edition) | {
        "form": form,
        "known": known,
        "last": last,
        "back": {"url": reverse("reporting:edition", args=[edition.pk]), "text": edition.title},
    }
    return render(request, "reporting/edition_numbers.html", context)


@writers
@require_GET
def download(request: HttpRequest, edition_id: UUID, kind: str) -> HttpResponse:
    """An edition as a file. One that is not frozen says so in its title."""
    edition = queries.edition_for(request.actor, edition_id)
    if kind not in FORMATS:
        raise Http404
    try:
        report = _to_give(edition)
    except Refused as refused:
        messages.error(request, refused.reason)
        return redirect("reporting:edition", edition.pk)
    return file_of(edition, report, kind)


def file_of(edition: Edition, report: Report, kind: str, table: str = "") -> FileResponse:
    """A report of this edition as a file for whoever asked."""
    name = "-".join(filter(None, [edition.report, f"{edition.from_on}-to-{edition.to_on}", table]))
    return FileResponse(
        BytesIO(FORMATS[kind].render(report)),
        as_attachment=True,
        filename=f"{name}.{kind}",
        content_type=FORMATS[kind].media_type,
    )


def _to_give(edition: Edition) -> Report:
    if queries.frozen_of(edition):
        return queries.report_of(edition)
    report = queries.made(edition)[0]
    version = pages.version_name(edition.version)
    return replace(report, title=f"{report.title} ({version}, figures not yet fixed)")


def _period_form(request: HttpRequest, definition: queries.Definition):
    if definition.code in pack().compiled:
        return forms.SpanForm(sent(request), spans=spans_over(definition, localdate(), OFFERED))
    known = days_with_cases(definition.team)
    usual = dict(zip(DAYS, map(str, usual_period(known)), strict=True))
    return PeriodForm(sent(request) or usual, years=years_to_choose(known))


def _keep(request: HttpRequest, edition: Edition, section: str, words: str) -> None:
    actions.write(
        by=request.actor,
        edition_id=edition.pk,
        section=section,
        words=words,
        opening=Opening.of(request.POST),
    )


def _version(request: HttpRequest, passage, is_new: bool) -> int:
    """Of the section as this opening of the page knows it."""
    if request.method == "POST" and not is_new:
        return Opening.of(request.POST).version
    return passage.version if passage else 0


def _head(edition: Edition) -> dict:
    """What every page of an edition says of it."""
    word, colour = pages.state(edition)
    return {"edition": edition, "state": tag(word, colour), "warning": _warning()}


def _warning() -> str:
    largest = rule_on(localdate()).largest
    return (
        f"The figures are those for publication: counts up to {largest} are hidden, others rounded."
        " What you write yourself goes out as you wrote it. So it must not hold a count of"
        f" people of {largest} or fewer, nor anything by which somebody could be found."
    )


def _progress(edition: Edition) -> dict:
    """What is written and entered, and what is still to do."""
    return {
        "parts": pages.parts(sections_of(edition.report), queries.passages_of(edition)),
        "numbers": pages.numbers(entries_of(edition.report), queries.entries_in(edition)),
    }


def _whole(report: Report) -> dict:
    """All of a report, for the page."""
    return {
        "report": report,
        "sections": [(section, shown(section)) for section in report.sections],
        "kinds": pages.kinds_of(report),
    }


def _beside(edition: Edition, section: str) -> dict:
    """The figures of one section."""
    try:
        report = queries.report_of(edition)
    except Refused as refused:
        return {"refused": refused.reason}
    found = next((one for one in report.sections if one.key == section), None)
    return {"figures": found, "tables": shown(found) if found else []}


def _line(edition: Edition) -> list:
    period = f"{moment(edition.from_on)} to {moment(edition.to_on)}"
    return [
        Cell(period, reverse("reporting:edition", args=[edition.pk])),
        pages.version_name(edition.version),
        tag(*pages.state(edition)),
        f"{moment(edition.made_at)}, {edition.made_by.name}",
    ]


def _moved(move) -> list:
    return [
        moment(move.at),
        pages.version_name(move.from_version),
        pages.version_name(move.to_version),
        move.by.name,
        move.reason,
    ]


def _facts(edition: Edition) -> list[Row]:
    """Where it stands, who did what, and what it has to do with others."""
    frozen = queries.frozen_of(edition)
    whom = pages.for_whom(edition.version)
    version = pages.version_name(edition.version)
    rows = [
        Row("Version", f"{version}, for {whom}" if whom else version),
        Row("Begun", f"{moment(edition.made_at)}, {edition.made_by.name}"),
    ]
    if frozen:
        rows.append(Row("Figures as they were on", moment(frozen.figures_at)))
        if edition.report in pack().compiled:
            rows.append(Row("Counted from the snapshot", f"{localtime(frozen.figures_at):{NAMED}}"))
        rows.append(Row("Frozen", f"{moment(frozen.at)}, {frozen.by.name}"))
    for publication in edition.publications.all():
        rows.append(Row("Published", f"{moment(publication.at)}, {publication.by.name}"))
        if publication.withdrawn_at:
            who = f"{moment(publication.withdrawn_at)}, {publication.withdrawn_by.name}"
            rows.append(Row("Withdrawn", f"{who}: {publication.withdrawn_why}"))
    return rows


def _trail(edition: Edition) -> list[tuple[str, str]]:
    return [
        ("Editions", reverse("reporting:editions")),
        (edition.title, reverse("reporting:editions_of", args=[edition.report])),
    ]
