"""Meetings, and their agendas: what the reader sees, counted from one."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onestory.access.views.pages import done, sent
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.kernel.components import Cell
from onestory.marac import actions, queries
from onestory.marac.forms.meeting import CallOffForm, MeetingForm, MoveForm, OrderForm
from onestory.marac.models import Meeting
from onestory.marac.views import words
from onestory.marac.views.pages import (
    attends,
    back_home,
    coordinates,
    form_page,
    page_id,
    survivor_name,
    uuid_of,
    versioned,
)
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
        "back": back_home(),
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
        actions.plan_meeting(by=by, team_id=team_id, meeting_id=key, **form.when)

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


@coordinates
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Another day, time or place."""
    by, row = request.actor, _coordinated(request, meeting_id)
    form = MeetingForm(sent(request), initial=_as_planned(row))
    act = versioned(
        request,
        lambda version: actions.change_meeting(
            by=by, meeting_id=row.pk, version=version, **form.when
        ),
    )
    if done(form, act):
        messages.success(request, "Changed. Those who come see it here, and on their worklist.")
        return redirect("marac:meeting", row.pk)
    return form_page(
        request,
        form,
        heading=f"Change the meeting of {words.meeting_name(row)}",
        button="Change it",
        back=reverse("marac:meeting", args=[row.pk]),
        version=row.version,
        about="Its agenda stays. Agencies are sent nothing: tell those who have noted the day.",
    )


@coordinates
@require_http_methods(["GET", "POST"])
def call_off(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """It does not take place."""
    by, row = request.actor, _coordinated(request, meeting_id)
    form = CallOffForm(sent(request))
    act = versioned(
        request,
        lambda version: actions.call_off_meeting(
            by=by, meeting_id=row.pk, version=version, **form.cleaned_data
        ),
    )
    if done(form, act):
        messages.success(request, "Called off. Its cases wait for the next meeting.")
        return redirect("marac:meeting", row.pk)
    return form_page(
        request,
        form,
        heading=f"Call off the meeting of {words.meeting_name(row)}",
        button="Call it off",
        back=reverse("marac:meeting", args=[row.pk]),
        version=row.version,
        about="Its cases go back to those that wait. Do not wait for a meeting to keep somebody safe.",
    )


@coordinates
@require_http_methods(["GET", "POST"])
def order(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The cases of an agenda in another order."""
    by, row = request.actor, _coordinated(request, meeting_id)
    lines = [
        (str(one.item.pk), f"{words.name(one.name)}: {words.level(one.case)}", one.number)
        for one in queries.agenda(by, row)
    ]
    form = OrderForm(sent(request), lines=lines)

    def act():
        keys = [UUID(key) for key in form.order]
        actions.order_agenda(by=by, meeting_id=row.pk, item_ids=keys)

    if lines and done(form, act):
        messages.success(request, "In this order from now on.")
        return redirect("marac:meeting", row.pk)
    return form_page(
        request,
        form,
        heading="The order of the cases",
        button="Put them in this order",
        back=reverse("marac:meeting", args=[row.pk]),
        about=f"Change the number of those that move; the others close up. There is time for {row.room}.",
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
        "changed": words.changed(row),
        "open": coordinating and not row.called_off_at,
        "columns": words.AGENDA,
        "table": [words.agenda_line(line, row, at_the_table=at_the_table) for line in lines],
        "first": next((line.item for line in lines if not line.item.heard_at), None),
        "begun": any(line.item.heard_at for line in lines),
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
    now = queries.Picture(by, case).on_agenda
    ahead = [row for row in queries.ahead(by, case.to_team_id) if not now or row != now.meeting]
    if not ahead:
        messages.error(request, "No other meeting is planned: plan one, then put the case on it.")
        return redirect("marac:plan")
    choices = [(str(row.pk), words.meeting_name(row)) for row in ahead]
    form = MoveForm(sent(request), meetings=choices, moves=now is not None)

    def act():
        actions.put_on_agenda(
            by=by,
            referral_id=case.pk,
            meeting_id=uuid_of(form.cleaned_data["meeting"]),
            reason=form.cleaned_data.get("reason", ""),
        )

    if done(form, act):
        messages.success(request, "It is on that agenda, and on no other.")
        return redirect("marac:case", case.pk)
    return form_page(
        request,
        form,
        heading="Move it to another agenda" if now else "Put it on an agenda",
        button="Put it there",
        back=reverse("marac:case", args=[case.pk]),
        name=survivor_name(by, case),
        about=f"It is on the agenda of {words.meeting_name(now.meeting)}, and leaves it."
        if now
        else "",
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


def _as_planned(row: Meeting) -> dict:
    begins = timezone.localtime(row.starts_at)
    given = {name: getattr(row, name) for name in ("minutes", "minutes_a_case", "place")}
    return {**given, "on": begins.date(), "at": begins.time()}


def _coordinated(request: HttpRequest, meeting_id: UUID) -> Meeting:
    """A meeting that the actor coordinates and that takes place. `Http404` otherwise."""
    row = queries.meeting(request.actor, meeting_id)
    if row.called_off_at or not request.actor.may(Permission.MARAC_COORDINATE, row.team_id):
        raise Http404
    return row


def _waiting(case, known: dict) -> list:
    return [
        Cell(words.name(known.get(case.person_id)), reverse("marac:case", args=[case.pk])),
        words.level(case),
        str(case.from_team),
    ]


def _cases(count: int) -> str:
    return "1 case" if count == 1 else f"{count} cases"
