"""The steps of an edition: to its next version, discarded, frozen, published, withdrawn, corrected."""

from collections.abc import Iterator
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from onestory.access.guard import needs
from onestory.access.views.pages import done, sent
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.analysis.frozen import fingerprint
from onestory.analysis.report import Report
from onestory.kernel import forms as kernel_forms
from onestory.kernel.errors import Refused
from onestory.reporting.actions import editions as actions
from onestory.reporting.actions import publishing
from onestory.reporting.forms import editions as forms
from onestory.reporting.making import entries_of, sections_of
from onestory.reporting.models import Edition
from onestory.reporting.queries import editions as queries
from onestory.reporting.releasing import rule_on
from onestory.reporting.views import edition_pages as pages

writers = needs(Permission.REPORT_WRITE)


@writers
@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, edition_id: UUID) -> HttpResponse:
    """To which version it goes."""
    edition = queries.edition_for(request.actor, edition_id)
    if queries.frozen_of(edition):
        raise Http404
    form = forms.MoveForm(sent(request), versions=pack().versions, now=edition.version)

    def act():
        actions.move(by=request.actor, edition_id=edition.pk, **form.cleaned_data)

    if done(form, act):
        name = pages.version_name(form.cleaned_data["version"])
        messages.success(request, f"It is now at: {name}.")
        return redirect("reporting:edition", edition.pk)
    now = pages.version_name(edition.version)
    return _page(request, edition, "edition_move", form=form, version=now)


@writers
@require_http_methods(["GET", "POST"])
def freeze(request: HttpRequest, edition_id: UUID) -> HttpResponse:
    """What will be fixed, and whether that is meant."""
    edition = queries.edition_for(request.actor, edition_id)
    if queries.frozen_of(edition):
        raise Http404
    form = kernel_forms.Form(sent(request))
    seen = request.POST.get("seen", "")
    if done(form, lambda: publishing.freeze(by=request.actor, edition_id=edition.pk, seen=seen)):
        messages.success(request, "It is frozen: pages and files stay as they are now.")
        return redirect("reporting:edition", edition.pk)
    context = {"form": form}
    try:
        report = queries.report_of(edition)
        context |= {
            "report": report,
            "seen": fingerprint(report),
            "doubts": list(_doubts(edition, report)),
            "hidden": sum(c.suppressed for t in report.tables for line in t.cells for c in line),
        }
    except Refused as refused:
        context["refused"] = refused.reason
    return _page(request, edition, "edition_freeze", **context)


@writers
@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, edition_id: UUID) -> HttpResponse:
    """Whether it is to stand where everybody can read it."""
    edition = queries.edition_for(request.actor, edition_id)
    if queries.frozen_of(edition) is None or queries.publication_of(edition):
        raise Http404
    form = kernel_forms.Form(sent(request))
    if done(form, lambda: publishing.publish(by=request.actor, edition_id=edition.pk)):
        messages.success(request, "It is published.")
        return redirect("reporting:edition", edition.pk)
    return _page(request, edition, "edition_publish", form=form)


@writers
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, edition_id: UUID) -> HttpResponse:
    """Off the public page, and why."""
    edition = queries.edition_for(request.actor, edition_id)
    if queries.publication_of(edition) is None:
        raise Http404
    form = forms.WithdrawForm(sent(request))

    def act():
        publishing.withdraw(by=request.actor, edition_id=edition.pk, **form.cleaned_data)

    if done(form, act):
        messages.success(request, "It is withdrawn.")
        return redirect("reporting:edition", edition.pk)
    return _page(request, edition, "edition_withdraw", form=form)


@writers
@require_http_methods(["GET", "POST"])
def discard(request: HttpRequest, edition_id: UUID) -> HttpResponse:
    """Whether an edition that was begun by mistake is to go."""
    edition = queries.edition_for(request.actor, edition_id)
    if queries.frozen_of(edition):
        raise Http404
    form = kernel_forms.Form(sent(request))
    if done(form, lambda: actions.discard(by=request.actor, edition_id=edition.pk)):
        messages.success(request, "It is discarded.")
        return redirect("reporting:editions_of", edition.report)
    written = [one for one in queries.passages_of(edition).values() if one.words]
    return _page(request, edition, "edition_discard", form=form, written=len(written))


@writers
@require_POST
def correct(request: HttpRequest, edition_id: UUID) -> HttpResponse:
    """A new edition in the place of a frozen one."""
    try:
        made = actions.correct(by=request.actor, edition_id=edition_id)
    except Refused as refused:
        messages.error(request, refused.reason)
        return redirect("reporting:edition", edition_id)
    messages.success(request, "A correction is begun, with the words of the edition it replaces.")
    return redirect("reporting:edition", made.pk)


def _doubts(edition: Edition, report: Report) -> Iterator[str]:
    """What somebody should have looked at before it is fixed for ever."""
    passages = queries.passages_of(edition)
    small = rule_on(timezone.localdate()).small
    for key, heading in sections_of(edition.report):
        passage = passages.get(key)
        if passage is None or not passage.words:
            yield f"{heading}: nothing is written."
            continue
        if passage.kept_from_id:
            yield f"{heading}: the words are those of the edition before, unchanged."
        if found := pages.small_numbers(passage.words, small):
            yield f"{heading}: your words hold {', '.join(found)}. Are they counts of people?"
    for one in pages.numbers(entries_of(edition.report), queries.entries_in(edition)):
        if one.missing:
            yield f"{one.table.title}: {one.missing} of {len(one.table.places)} are not entered."


def _page(request: HttpRequest, edition: Edition, template: str, **context) -> HttpResponse:
    back = {"url": reverse("reporting:edition", args=[edition.pk]), "text": edition.title}
    return render(
        request, f"reporting/{template}.html", {"edition": edition, "back": back} | context
    )
