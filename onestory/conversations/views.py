"""Messages with survivors, from the side of a team."""

from uuid import UUID

from django.contrib import messages as said
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from onestory.access.models import Kind
from onestory.access.queries import envelopes_of
from onestory.agencies.guard import needs
from onestory.agencies.models import Team
from onestory.agencies.roles import Permission
from onestory.conversations import actions, queries
from onestory.conversations.forms import MessageForm
from onestory.conversations.rules import REASONS
from onestory.kernel.errors import Refused
from onestory.kernel.keyset import Window
from onestory.people.queries import known_person, names

works_cases = needs(Permission.CASE_WORK)


@works_cases
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """What survivors wrote to the actor's teams and nobody has read yet."""
    by = request.actor
    window = queries.inbox(
        by, after=request.GET.get("after", ""), before=request.GET.get("before", "")
    )
    known = names(by, [row.person_id for row in window.rows]) if window.rows else {}
    rows = [(row, known.get(row.person_id, "Name closed to you")) for row in window.rows]
    return render(request, "conversations/inbox.html", {"rows": rows, "window": window})


@works_cases
@require_http_methods(["GET", "POST"])
def person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """What a team and a survivor have written to each other, and writing more."""
    by = request.actor
    known_person(by, person_id)
    team = _team(request, person_id)
    if team is None:
        return _cannot_write(request, person_id)
    form = MessageForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _sent(form, by, person_id, team.pk):
        said.success(request, "Your message is there for her to read.")
        return redirect(f"{reverse('conversations:person', args=[person_id])}?team={team.pk}")
    window = queries.thread(
        by,
        person_id,
        team.pk,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    actions.mark_read(by=by, person_id=person_id, team_id=team.pk)
    context = {
        "form": form,
        "team": team,
        "window": window,
        "name": names(by, [person_id]).get(person_id, "Name closed to you"),
        "has_own_pages": queries.has_own_pages(by, person_id),
        "notice": _notice(queries.last_notice(by, person_id, team.pk)),
        "back": reverse("people:person", args=[person_id]),
    }
    return render(request, "conversations/person.html", context)


def _cannot_write(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Why this team cannot write to somebody whom it knows, and what it can do instead. What was
    being typed when it could no longer is shown, so that it is not lost."""
    by = request.actor
    covers = [cover for cover in envelopes_of(by, person_id) if cover.kind == Kind.SUPPORT]
    is_open = any(cover.is_open for cover in covers)
    window = _read_before(request, person_id)
    context = {
        "name": names(by, [person_id]).get(person_id, "Name closed to you"),
        "typed": request.POST.get("words", ""),
        "is_open": is_open,
        "is_there": bool(covers),
        "ask_url": reverse("people:ask", args=[person_id, Kind.SUPPORT]),
        "others": [one.team for one in queries.correspondents(by, person_id)],
        "window": window,
        "back": reverse("people:person", args=[person_id]),
    }
    return render(request, "conversations/cannot.html", context)


def _read_before(request: HttpRequest, person_id: UUID) -> Window | None:
    """What one of the actor's teams wrote with somebody when it could: read, like anything else."""
    by = request.actor
    former = queries.former_correspondents(by, person_id)
    team = _wanted(request, [team for team in former if team.pk in by.team_ids])
    if team is None:
        return None
    window = queries.thread(by, person_id, team.pk)
    actions.mark_read(by=by, person_id=person_id, team_id=team.pk)
    return window


def _team(request: HttpRequest, person_id: UUID) -> Team | None:
    """The actor's team that writes, if any may."""
    mine = [
        one.team
        for one in queries.correspondents(request.actor, person_id)
        if one.team_id in request.actor.team_ids
    ]
    return _wanted(request, mine)


def _wanted(request: HttpRequest, teams: list[Team]) -> Team | None:
    """The one of these that is asked for, or else the first."""
    wanted = request.GET.get("team")
    return next((team for team in teams if str(team.pk) == wanted), teams[0] if teams else None)


def _sent(form: MessageForm, by, person_id: UUID, team_id: UUID) -> bool:
    try:
        actions.write(by=by, person_id=person_id, team_id=team_id, words=form.cleaned_data["words"])
    except Refused as refused:
        form.refuse(refused)
        return False
    return True


def _notice(row) -> dict | None:
    """Whether she was told outside, and why not."""
    if row is None:
        return None
    return {
        "outcome": row.get_outcome_display(),
        "when": row.recorded_at,
        "why": REASONS.get(row.why, ""),
        "again_at": row.again_at,
    }
