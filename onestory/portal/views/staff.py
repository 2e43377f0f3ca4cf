"""Inviting a survivor to her own pages: for staff who work with her."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from onestory.access import queries as access
from onestory.access.models import Kind
from onestory.agencies.guard import needs
from onestory.agencies.roles import Permission
from onestory.kernel.components import Column
from onestory.kernel.errors import Refused
from onestory.people.queries import known_person, names
from onestory.portal import actions, forms, queries
from onestory.portal.actions.feedback import ANSWERS
from onestory.portal.models import Invitation
from onestory.portal.views.pages import sent

invites = needs(Permission.OWN_PAGES_INVITE)
get_or_post = require_http_methods(["GET", "POST"])
CODE = "invitation code"
YEAR = timedelta(days=365)
QUESTIONS = {
    "heard": "Were listened to",
    "in_control": "Decided themselves",
    "safer": "Are safer than before",
}


@invites
@require_GET
def person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Whether she has own pages, who was invited when, and whether it was used."""
    _must_hold(request, person_id)
    found = queries.invitations(request.actor, person_id)
    rows = [(row, *state(row)) for row in found.rows]
    return _page(request, person_id, "person", found=found, rows=rows)


@invites
@get_or_post
def invite(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Agree on a word; then the code is shown, once."""
    team_id = _must_hold(request, person_id)
    form = forms.InviteForm(sent(request))
    if form.is_valid():
        try:
            said = form.cleaned_data
            made = actions.invite(by=request.actor, person_id=person_id, team_id=team_id, **said)
        except Refused as refused:
            form.refuse(refused)
        else:
            request.session[CODE] = [str(person_id), made.code]
            return redirect("own-pages:code", person_id)
    return _page(request, person_id, "invite", form=form)


@invites
@require_GET
def code(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The code, to be told and perhaps printed. It is shown once, and kept nowhere."""
    _must_hold(request, person_id)
    whose, told = request.session.pop(CODE, ["", ""])
    if whose != str(person_id):
        return redirect("own-pages:person", person_id)
    address = settings.OWN_PAGES_ADDRESS or request.build_absolute_uri(reverse("portal:home"))
    hours = int(actions.LASTS.total_seconds() // 3600)
    return _page(request, person_id, "code", code=told, address=address, hours=hours)


@invites
@get_or_post
def revoke(request: HttpRequest, person_id: UUID, invitation_id: UUID) -> HttpResponse:
    """Take back an invitation that has not been used."""
    return _ask(
        request,
        person_id,
        "Take this invitation back?",
        "Nobody can use it any more. You can make another one.",
        "Take it back",
        lambda: actions.revoke(by=request.actor, invitation_id=invitation_id),
    )


@invites
@get_or_post
def end(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Close every way in: a telephone is lost, or somebody has looked."""
    return _ask(
        request,
        person_id,
        "Close every way into these pages?",
        "She is signed out wherever she is. Her passkeys and codes stop working. What is on the pages"
        " stays. Invite her again when it is safe.",
        "Close every way in",
        lambda: actions.end_ways_in(by=request.actor, person_id=person_id),
    )


@needs(Permission.REPORT_READ, Permission.RECORD_READ)
@require_GET
def feedback(request: HttpRequest) -> HttpResponse:
    """What survivors think: counts for their team's manager, words for guardians."""
    by = request.actor
    since = timezone.localdate() - YEAR
    counts = queries.feedback_counts(by, since) if by.may(Permission.REPORT_READ) else {}
    context = {
        "tables": [(team, _table(found)) for team, found in counts.items()],
        "columns": ["Do they say that they", *(Column(label, True) for label in ANSWERS.values())],
        "may_count": by.may(Permission.REPORT_READ),
        "words": queries.feedback_words(by) if by.may(Permission.RECORD_READ) else None,
    }
    return render(request, "portal/staff/feedback.html", context)


def state(row: Invitation) -> tuple[str, str]:
    """How an invitation stands, and the colour for it."""
    if row.used_at:
        return "Used", "green"
    if row.revoked_at:
        return "Taken back", "grey"
    if row.wrong_tries >= 5:
        return "Stopped after five wrong words", "red"
    if row.expires_at <= timezone.now():
        return "Too old", "grey"
    return "Waits", "yellow"


def _table(found: dict[str, dict[str, int]]) -> list[list]:
    return [
        [QUESTIONS[question], *(found.get(question, {}).get(answer, 0) for answer in ANSWERS)]
        for question in QUESTIONS
    ]


def _must_hold(request: HttpRequest, person_id: UUID) -> UUID:
    """The actor's team that invites; 404 for whoever does not hold who she is, to write in it."""
    known_person(request.actor, person_id)
    covers = {cover.kind: cover for cover in access.envelopes_of(request.actor, person_id)}
    teams = request.actor.teams_where(Permission.OWN_PAGES_INVITE)
    if not teams or Kind.IDENTITY not in covers or not covers[Kind.IDENTITY].may_write:
        raise Http404
    return teams[0]


def _page(request: HttpRequest, person_id: UUID, template: str, **context) -> HttpResponse:
    known = names(request.actor, [person_id]).get(person_id)
    on_person = template == "person"
    context |= {
        "person_id": person_id,
        "name": known or "Name closed to you",
        "back": reverse("people:person" if on_person else "own-pages:person", args=[person_id]),
    }
    return render(request, f"portal/staff/{template}.html", context)


def _ask(
    request: HttpRequest, person_id: UUID, question: str, about: str, button: str, act
) -> HttpResponse:
    _must_hold(request, person_id)
    form = forms.ConfirmForm(sent(request))
    if form.is_valid():
        try:
            act()
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, "Done.")
            return redirect("own-pages:person", person_id)
    context = {"form": form, "question": question, "about": about, "button": button}
    return _page(request, person_id, "ask", **context)
