"""Break-glass, and its review."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from onestory.access import actions, queries, words
from onestory.access.forms import Emergency, EmergencyByReference, Review
from onestory.access.models import EmergencyOpening
from onestory.access.views.pages import done, page_of, sections, sent
from onestory.agencies.guard import needs
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.kernel.components import Cell, Row
from onestory.kernel.templatetags.pages import moment


@needs(Permission.BREAK_GLASS)
def break_glass_by_reference(request: HttpRequest) -> HttpResponse:
    """For somebody whose record one cannot see at all: by the reference that one was told."""
    form = EmergencyByReference(sent(request), by=request.actor)
    if form.is_valid():
        found = actions.find_in_emergency(
            by=request.actor, reference=form.cleaned_data["reference"]
        )
        if isinstance(found, str):
            form.add_error("reference", found)
        elif _closed(request, found) == [] or done(form, lambda: _open(request, found, form)):
            return redirect("people:person", found)
    return render(request, "access/break_glass.html", {"form": form})


@needs(Permission.BREAK_GLASS)
def break_glass(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """For somebody who is known in part, from their page."""
    closed = _closed(request, person_id)
    if not closed:
        raise Http404
    form = Emergency(sent(request), by=request.actor)
    if done(form, lambda: _open(request, person_id, form)):
        return redirect("people:person", person_id)
    context = {
        "form": form,
        "closed": closed,
        "back": reverse("people:person", args=[person_id]),
    }
    return render(request, "access/break_glass.html", context)


def _closed(request: HttpRequest, person_id: UUID) -> list[str] | None:
    """What is closed of somebody who is known in part; None of somebody who is not known at all."""
    covers = queries.envelopes_of(request.actor, person_id)
    return [cover.title for cover in covers if not cover.is_open] if covers else None


def _open(request: HttpRequest, person_id: UUID, form: Emergency) -> None:
    opening = actions.break_glass(
        by=request.actor,
        person_id=person_id,
        team_id=UUID(form.team_id),
        reason=form.cleaned_data["reason"],
        words=form.cleaned_data["words"],
    )
    messages.success(request, f"Open to you alone until {moment(opening.ends_at)}.")


@needs(Permission.BREAK_GLASS_REVIEW)
def openings(request: HttpRequest) -> HttpResponse:
    """Emergency openings: those that wait, or with `?reviewed=1` those that were judged."""
    reviewed = bool(request.GET.get("reviewed"))
    found = queries.openings(request.actor).filter(reviewed_at__isnull=not reviewed)
    order = ("-opened_at", "-id")
    kept = {"reviewed": 1} if reviewed else {}
    page = page_of(request, found, order, **kept)
    called = queries.references(request.actor, [row.person_id for row in page["rows"]])
    context = {
        "sections": sections(request),
        "reviewed": reviewed,
        "columns": ["Opened", "Who", "Person", "Reason", "Judgement"],
        "page": page,
        "table": [_summary(row, called) for row in page["rows"]],
    }
    return render(request, "access/openings.html", context)


@needs(Permission.BREAK_GLASS_REVIEW)
def opening(request: HttpRequest, opening_id: UUID) -> HttpResponse:
    """One emergency opening: why, what was read under it, and the guardian's judgement."""
    row = queries.openings(request.actor).filter(pk=opening_id).first()
    if row is None:
        raise Http404
    form = Review(sent(request))
    waits = row.reviewed_at is None and row.opened_by_id != request.actor.user_id
    if request.method == "POST" and not waits:
        raise Http404
    if waits and done(form, lambda: _review(request, row, form)):
        return redirect("access:openings")
    page = page_of(request, queries.entries_under(request.actor, row), ("-id",))
    reference = queries.references(request.actor, [row.person_id]).get(row.person_id, "")
    context = {
        "form": form if waits else None,
        "own": row.opened_by_id == request.actor.user_id,
        "facts": _facts(row, reference),
        "page": page,
        "columns": words.COLUMNS_OF_PERSON,
        "table": [
            words.line_of_person(line)
            for line in queries.lines(request.actor, page["rows"], of=row.person_id)
        ],
        "back": {"url": reverse("access:openings"), "text": "Emergency openings"},
    }
    return render(request, "access/opening.html", context)


def _review(request: HttpRequest, row: EmergencyOpening, form: Review) -> None:
    actions.review_opening(
        by=request.actor,
        opening_id=row.pk,
        justified=form.cleaned_data["justified"],
        finding=form.cleaned_data["finding"],
    )
    right = form.cleaned_data["justified"]
    messages.success(request, "Judged as right." if right else "Judged as wrong, and closed.")


def _summary(row: EmergencyOpening, called: dict[UUID, str]) -> list:
    url = reverse("access:opening", args=[row.pk])
    shown = _judgement(row) if row.reviewed_at else "Review"
    return [
        moment(row.opened_at),
        f"{row.opened_by}, {row.team}",
        called.get(row.person_id, ""),
        pack().break_glass_reasons.name(row.reason),
        Cell(shown, url, spoken=f"the opening of {called.get(row.person_id, '')}"),
    ]


def _judgement(row: EmergencyOpening) -> str:
    if row.justified is None:
        return "Waits for review"
    return "Right" if row.justified else "Not right"


def _facts(row: EmergencyOpening, reference: str) -> list[Row]:
    lasts = row.ends_at > timezone.now() and row.justified is not False
    facts = [
        Row("Who", f"{row.opened_by}, {row.team}"),
        Row("Person", reference),
        Row("Reason", pack().break_glass_reasons.name(row.reason)),
        Row("In their words", row.words or "None"),
        Row("Opened", moment(row.opened_at)),
        Row("Open until", moment(row.ends_at) if lasts else "Closed"),
    ]
    if row.reviewed_at:
        facts += [
            Row("Judgement", _judgement(row)),
            Row("Finding", row.finding),
            Row("Reviewed", f"{row.reviewed_by}, {moment(row.reviewed_at)}"),
        ]
    return facts
