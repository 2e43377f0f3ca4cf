"""Barring somebody from a record, and lifting that."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from onestory.access import actions, queries
from onestory.access.forms import Bar, Reference
from onestory.access.models import Barring
from onestory.access.views.pages import done, page_of, sections, sent
from onestory.agencies.guard import needs
from onestory.agencies.roles import Permission
from onestory.kernel.components import Cell
from onestory.kernel.templatetags.pages import moment


@needs(Permission.PERSON_BAR)
def bar(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Who is barred from a record, and one more. For managers who see it, and guardians."""
    reference = queries.references(request.actor, [person_id]).get(person_id)
    if reference is None:
        raise Http404
    form = Bar(sent(request), by=request.actor)

    def bar_them():
        user = form.people[form.cleaned_data["user"]]
        actions.bar(
            by=request.actor,
            person_id=person_id,
            user=user,
            reason=form.cleaned_data["reason"],
        )
        messages.success(request, f"The record {reference} is closed to {user}.")

    if done(form, bar_them):
        return redirect("access:bar", person_id)
    guards = request.actor.may(Permission.BREAK_GLASS_REVIEW)
    page = page_of(request, queries.barrings(request.actor, person_id), ("-barred_at", "-id"))
    context = {
        "form": form,
        "reference": reference,
        "page": page,
        "columns": ["Who", "Why", "Barred by", "Since"],
        "table": [_row(row)[1:] for row in page["rows"]],
        "back": reverse("access:barrings")
        if guards
        else reverse("people:person", args=[person_id]),
    }
    return render(request, "access/bar.html", context)


@needs(Permission.BREAK_GLASS_REVIEW)
def barrings(request: HttpRequest) -> HttpResponse:
    """All barrings that hold; and to a record, by its reference."""
    form = Reference(sent(request))
    if form.is_valid():
        found = queries.person_called(request.actor, form.cleaned_data["reference"])
        if found:
            return redirect("access:bar", found)
        form.add_error("reference", "There is no record with this reference.")
    page = page_of(request, queries.barrings(request.actor), ("-barred_at", "-id"))
    called = queries.references(request.actor, [row.person_id for row in page["rows"]])
    context = {
        "sections": sections(request),
        "form": form,
        "page": page,
        "columns": ["Person", "Who", "Why", "Barred by", "Since", ""],
        "table": [
            [*_row(row, called), Cell("Lift", reverse("access:lift", args=[row.pk]))]
            for row in page["rows"]
        ],
    }
    return render(request, "access/barrings.html", context)


@needs(Permission.BREAK_GLASS_REVIEW)
def lift(request: HttpRequest, barring_id: UUID) -> HttpResponse:
    """Lift a barring, after asking once more."""
    row = queries.barrings(request.actor).filter(pk=barring_id).first()
    if row is None:
        raise Http404
    if request.method == "POST":
        actions.unbar(by=request.actor, barring_id=barring_id)
        messages.success(request, f"The record is no longer closed to {row.user}.")
        return redirect("access:barrings")
    called = queries.references(request.actor, [row.person_id])
    context = {"barring": row, "reference": called.get(row.person_id)}
    context["back"] = reverse("access:barrings")
    return render(request, "access/lift.html", context)


def _row(row: Barring, called: dict[UUID, str] | None = None) -> list:
    return [
        (called or {}).get(row.person_id, ""),
        row.user,
        row.reason,
        row.barred_by,
        moment(row.barred_at),
    ]
