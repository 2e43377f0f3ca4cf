"""Meetings, and their agendas: what the reader sees, counted from one."""

from datetime import datetime, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onestory.access.views.pages import done, sent
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.kernel.calendar import LONDON
from onestory.kernel.components import Cell
from onestory.marac import actions, queries
from onestory.marac.forms.meeting import MeetingForm, MoveForm
from onestory.marac.models import Meeting
from onestory.marac.views import words
from onestory.marac.views.pages import attends, coordinates, form_page, page_id, uuid_of
from onestory.people.queries import names

COLUMNS = ("When", "Where", "Time")
WAITING = ("Survivor", "Risk", "Referred by")


@attends
@require_GET
def meetings(request: HttpRequest) -> HttpResponse:
    """The meetings to come, or those that were."""
    past = bool(request.GET.get("past"))
    window = queries.meetings(
        request.actor,
        past=past,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    context = {
        "window": window,
        "past": past,
        "columns": COLUMNS,
        "table": [words.meeting_line(row) for row in window.rows],
        "may_plan": request.actor.may(Permission.MARAC_COORDINATE),
    }
    return render(request, "marac/meetings.html", context)


@coordinates
@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest) -> HttpResponse:
    """Planning a meeting: as the rhythm of the area has it, unless said otherwise."""
    by = request.actor
    team_id = by.teams_where(Permission.MARAC_COORDINATE)[0]
    form, key = MeetingForm(sent(request), initial=_rhythm(request, team_id)), page_id(request)

    def act():
        given = form.cleaned_data
        actions.plan_meeting(
            by=by,
            team_id=team_id,
            meeting_id=key,
            starts_at=datetime.combine(given["on"], given["at"], LONDON),
            minutes=given["minutes"],
            minutes_a_case=given["minutes_a_case"],
            place=given["place"],
        )

    if done(form, act):
        messages.success(request, "Planned.")
        return redirect("marac:meeting", key)
    return form_page(
        request,
        form,
        heading="Plan a meeting",
        button="Plan it",
        back=reverse("marac:meetings"),
        id=key,
    )


@attends
@require_GET
def meeting(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The agenda. The coordinator also sees what goes on it, and what goes to the next one."""
    by = request.actor
    row = queries.meeting(by, meeting_id)
    at_the_table = row.team_id in queries.tables_of(by)
    coordinating = by.may(Permission.MARAC_COORDINATE, row.team_id)
    lines = queries.agenda(by, row)
    fits, left = queries.proposal(by, row) if coordinating else ([], [])
    known = names(by, [case.person_id for case in (*fits, *left)]) if fits or left else {}
    after = queries.next_meeting(by, row.team_id, row.starts_at) if left else None
    context = {
        "meeting": row,
        "columns": words.AGENDA,
        "table": [words.agenda_line(line, row, at_the_table=at_the_table) for line in lines],
        "first": next((line.item for line in lines if not line.item.heard_at), None),
        "at_the_table": at_the_table,
        "coordinating": coordinating,
        "over": max(len(lines) - row.room, 0) if coordinating else 0,
        "fits": [_waiting(case, known) for case in fits],
        "left": [_waiting(case, known) for case in left],
        "next_meeting": after,
        "waiting_columns": WAITING,
        "back": {"url": reverse("marac:meetings"), "text": "Meetings"},
    }
    return render(request, "marac/meeting.html", context)


@coordinates
@require_POST
def build(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Puts the cases that wait on the agenda, as far as the time goes."""
    placed, left = actions.build_agenda(by=request.actor, meeting_id=meeting_id)
    said = f"{_cases(len(placed))} put on the agenda."
    if left:
        said += f" {_cases(len(left))} for which there is no time: to the next meeting."
    messages.success(request, said)
    return redirect("marac:meeting", meeting_id)


@coordinates
@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Putting a case on an agenda, or on another one."""
    by = request.actor
    case = queries.case(by, referral_id)
    ahead = queries.meetings(by, past=False).rows
    choices = [(str(row.pk), words.meeting_name(row)) for row in ahead]
    form = MoveForm(sent(request), meetings=choices)

    def act():
        actions.put_on_agenda(
            by=by,
            referral_id=case.pk,
            meeting_id=uuid_of(form.cleaned_data["meeting"]),
            reason=form.cleaned_data["reason"],
        )

    if done(form, act):
        messages.success(request, "It is on that agenda, and on no other.")
        return redirect("marac:case", case.pk)
    return form_page(
        request,
        form,
        heading="Put it on an agenda",
        button="Put it there",
        back=reverse("marac:case", args=[case.pk]),
        about="A case is on one agenda at a time. The reason is needed where it moves.",
    )


def _rhythm(request: HttpRequest, team_id: UUID) -> dict:
    """The next one as the area's rule has it: so many days after the last."""
    rule = pack().marac_rule(timezone.localdate())
    if rule is None:
        return {}
    last = Meeting.objects.filter(team_id=team_id).order_by("-starts_at").first()
    initial = {"minutes": rule.minutes_available, "minutes_a_case": rule.minutes_a_case}
    if last is None:
        return initial
    begins = timezone.localtime(last.starts_at)
    day = begins.date() + timedelta(days=rule.every_days)
    if day < timezone.localdate():
        day = timezone.localdate() + timedelta(days=rule.every_days)
    return {**initial, "on": day, "at": begins.time(), "place": last.place}


def _waiting(case, known: dict) -> list:
    return [
        Cell(words.name(known.get(case.person_id)), reverse("marac:case", args=[case.pk])),
        words.level(case),
        str(case.from_team),
    ]


def _cases(count: int) -> str:
    return "1 case" if count == 1 else f"{count} cases"
