"""Feedback, and a copy of her record to take away."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from onestory.conversations import queries as conversations
from onestory.kernel import word
from onestory.portal import actions, forms, record
from onestory.portal.guard import hers
from onestory.portal.views.pages import done, page, sent

# The name of the file as it lies on her telephone, and what its kinds are made with.
FILE, TITLE = "notes", "Notes"
HTML = "text/html; charset=utf-8"


@hers
@require_http_methods(["GET", "POST"])
def feedback(request: HttpRequest) -> HttpResponse:
    """What she thinks of what a team did. Nothing in it leads back to her."""
    by, person_id = request.actor, request.own.person_id
    known = conversations.correspondents(by, person_id)
    teams = [(str(one.team_id), one.team.name) for one in known]
    form = forms.FeedbackForm(sent(request), teams=teams)

    def give():
        said = dict(form.cleaned_data)
        team = next(one.team_id for one in known if str(one.team_id) == said.pop("team"))
        actions.give_feedback(by=by, person_id=person_id, team_id=team, **said)

    if done(form, give):
        messages.success(request, "Thank you. Nobody can see that it was you.")
        return redirect("portal:home")
    return page(request, "feedback", form=form)


@hers
@require_GET
def copy(request: HttpRequest) -> HttpResponse:
    """What it means to have a copy on a telephone that others look at, before there is one."""
    return page(request, "copy")


@hers
@require_GET
def copy_shown(request: HttpRequest) -> HttpResponse:
    """Her record, to read, print or keep as a file with a name that tells nothing."""
    parts = record.parts(request.actor, request.own.person_id)
    if kind := request.GET.get("file"):
        return _file(parts, kind)
    back = {"url": reverse("portal:copy"), "text": "Back"}
    return page(request, "copy_shown", parts=parts, back=back)


def _file(parts: list[record.Part], kind: str) -> HttpResponse:
    """The copy to keep: a page, or a Word document, of the same words."""
    if kind == "word":
        words = render_to_string("portal/copy_parts.html", {"parts": parts})
        ending, made, content_type = "docx", word.document(words, title=TITLE), word.CONTENT_TYPE
    else:
        made = render_to_string("portal/copy_file.html", {"parts": parts})
        ending, content_type = "html", HTML
    headers = {"Content-Disposition": f'attachment; filename="{FILE}.{ending}"'}
    return HttpResponse(made, content_type=content_type, headers=headers)
