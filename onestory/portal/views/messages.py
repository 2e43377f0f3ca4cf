"""Messages, from her side."""

from uuid import UUID

from django.contrib import messages as said
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from onestory.agencies.models import Team
from onestory.conversations import actions, queries
from onestory.portal import forms
from onestory.portal.guard import hers
from onestory.portal.views.pages import done, page, sent


@hers
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """The teams she can write with, and what is new."""
    by, person_id = request.actor, request.own.person_id
    unread = queries.unread_by_person(by, person_id)
    teams = [
        (one.team, unread.get(one.team_id, 0)) for one in queries.correspondents(by, person_id)
    ]
    before = [
        (team, unread.get(team.pk, 0)) for team in queries.former_correspondents(by, person_id)
    ]
    return page(request, "messages", teams=teams, before=before)


@hers
@require_http_methods(["GET", "POST"])
def thread(request: HttpRequest, team_id: UUID) -> HttpResponse:
    """What she and a team have written, and writing more. Opening it says that she has read it."""
    by, person_id = request.actor, request.own.person_id
    with_whom = next(
        (one for one in queries.correspondents(by, person_id) if one.team_id == team_id), None
    )
    if with_whom is None:
        return _only_to_read(request, team_id)
    form = forms.MessageForm(sent(request))

    def write():
        actions.write(by=by, person_id=person_id, team_id=team_id, words=form.cleaned_data["words"])

    if done(form, write):
        said.success(request, "Your message is sent.")
        return redirect("portal:thread", team_id)
    return _thread(request, with_whom.team, form)


def _only_to_read(request: HttpRequest, team_id: UUID) -> HttpResponse:
    """What a team that can no longer write with her wrote; it lies there unread else."""
    found = queries.former_correspondents(request.actor, request.own.person_id)
    team = next((team for team in found if team.pk == team_id), None)
    if team is None:
        raise Http404
    return _thread(request, team, None)


def _thread(request: HttpRequest, team: Team, form: forms.MessageForm | None) -> HttpResponse:
    by, person_id = request.actor, request.own.person_id
    at = {"after": request.GET.get("after", ""), "before": request.GET.get("before", "")}
    window = queries.thread(by, person_id, team.pk, **at)
    actions.mark_read(by=by, person_id=person_id, team_id=team.pk)
    back = {"url": reverse("portal:messages"), "text": "Back"}
    # What she was typing when the team went.
    typed = "" if form else request.POST.get("words", "")
    return page(request, "thread", team=team, form=form, window=window, typed=typed, back=back)
