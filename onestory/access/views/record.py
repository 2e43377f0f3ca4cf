"""The record of access, for guardians."""

from datetime import date, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from onestory.access import actions, queries, words
from onestory.access.forms import Member, Reference
from onestory.access.queries.record import MANY
from onestory.access.views.pages import page_of, sections
from onestory.agencies.guard import needs
from onestory.agencies.roles import Permission
from onestory.kernel.components import Cell
from onestory.kernel.templatetags.pages import moment


@needs(Permission.RECORD_READ)
def record(request: HttpRequest) -> HttpResponse:
    """Two ways in: by the reference of a person, or by a member of staff and a time."""
    asked = request.POST.get("by")
    person = Reference(request.POST if asked == "person" else None, prefix="person")
    member = Member(request.POST if asked == "staff" else None, prefix="staff", by=request.actor)
    if person.is_valid():
        found = queries.person_called(request.actor, person.cleaned_data["reference"])
        if found:
            return redirect("access:record-of-person", found)
        person.add_error("reference", "There is no record with this reference.")
    if member.is_valid():
        user = member.cleaned_data["user"]
        days = urlencode({name: member.cleaned_data[name] for name in ("since", "until")})
        return redirect(f"{reverse('access:record-of-staff', args=[user])}?{days}")
    context = {
        "sections": sections(request),
        "person": person,
        "member": member,
        "forms": [person, member],
    }
    return render(request, "access/record.html", context)


@needs(Permission.RECORD_READ)
def record_of_person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Who did and read what of somebody's record, and to whom it is open."""
    reference = actions.look_up_person(by=request.actor, person_id=person_id)
    page = page_of(request, queries.entries_about(request.actor, person_id), ("-id",))
    found = queries.lines(request.actor, page["rows"], of=person_id)
    context = {
        "reference": reference,
        "page": page,
        "columns": words.COLUMNS_OF_PERSON,
        "table": [words.line_of_person(line) for line in found],
        "knows": words.held(queries.grants_on(request.actor, person_id)),
        "knows_columns": words.COLUMNS_OF_HELD,
        "person_id": person_id,
        "bar_url": reverse("access:bar", args=[person_id]),
        "back": reverse("access:record"),
    }
    return render(request, "access/record_of_person.html", context)


@needs(Permission.RECORD_READ)
def record_of_staff(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """What a member of staff did and read in some days."""
    until = _day(request.GET.get("until"), timezone.localdate())
    since = _day(request.GET.get("since"), until - timedelta(days=6))
    user = actions.look_up_staff(by=request.actor, user_id=user_id)
    entries = queries.entries_by(request.actor, user_id, since, until)
    page = page_of(request, entries, ("-at", "-id"), since=since, until=until)
    context = {
        "user": user,
        "since": since,
        "until": until,
        "page": page,
        "columns": words.COLUMNS_OF_STAFF,
        "table": [words.line_of_staff(line) for line in queries.lines(request.actor, page["rows"])],
        "back": reverse("access:record"),
    }
    return render(request, "access/record_of_staff.html", context)


@needs(Permission.RECORD_READ)
def busy(request: HttpRequest) -> HttpResponse:
    """Who opened a great many people's records on one day, in the last four weeks."""
    actions.look_up_staff(by=request.actor)
    today = timezone.localdate()
    context = {
        "sections": sections(request),
        "many": MANY,
        "columns": ["Who", "Day", "People"],
        "table": [
            [
                Cell(row.user.name, _staff_url(row.user.pk, row.day)),
                moment(row.day),
                row.people,
            ]
            for row in queries.busy(request.actor, today - timedelta(days=27), today)
        ],
    }
    return render(request, "access/busy.html", context)


@needs(Permission.RECORD_READ)
def seals(request: HttpRequest) -> HttpResponse:
    """The seals of the record: the last one, what waits, and the latest compared at once."""
    verdict = actions.check_seals(by=request.actor) if request.method == "POST" else None
    waiting, since = queries.waiting(request.actor)
    last = queries.last_seal(request.actor)
    context = {
        "sections": sections(request),
        "facts": words.seal_facts(last, waiting, since),
        "said": words.told(verdict) if verdict else "",
        "wrong": bool(verdict and verdict.fault),
        "latest": actions.LATEST_SEALS,
    }
    return render(request, "access/seals.html", context)


def _day(text: str | None, otherwise: date) -> date:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return otherwise


def _staff_url(user_id: UUID, day: date) -> str:
    url = reverse("access:record-of-staff", args=[user_id])
    return f"{url}?{urlencode({'since': day, 'until': day})}"
