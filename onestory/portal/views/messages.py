"""Messages, from her side."""

from uuid import UUID

from django.contrib import messages as said
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

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
    return page(request, "messages", teams=teams)


@hers
@require_http_methods(["GET", "POST"])
def thread(request: HttpRequest, team_id: UUID) -> HttpResponse:
    """What she and a team have written, and writing more. Opening it says that she has read it."""
    by, person_id = request.actor, request.own.person_id
    with_whom = next(
        (one for one in queries.correspondents(by, person_id) if one.team_id == team_id), None
    )
    if with_whom is None:
        raise Http404
    form = forms.MessageForm(sent(request))

    def write():
        actions.write(by=by, person_id=person_id, team_id=team_id, words=form.cleaned_data["words"])

    if done(form, write):
        said.success(request, "Your message is sent.")
        return redirect("portal:thread", team_id)
    window = queries.thread(
        by,
        person_id,
        team_id,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    actions.mark_read(by=by, person_id=person_id, team_id=team_id)
    return page(
        request,
        "thread",
        team=with_whom.team,
        form=form,
        window=window,
        back={"url": reverse("portal:messages"), "text": "Back"},
    )
