"""Every service on somebody's way in one view, for whoever goes it with her."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from onestory.agencies.guard import needs
from onestory.agencies.roles import Permission
from onestory.cases.views import words as cases
from onestory.kernel.calendar import local
from onestory.kernel.components import Cell, Column
from onestory.kernel.templatetags.pages import moment, tag
from onestory.people.queries import names, records
from onestory.support import queries
from onestory.support.queries import Leg
from onestory.support.rules.states import state
from onestory.support.views import words

COLUMNS = [
    "Service",
    "Where it stands",
    "First session",
    Column("Attended", numeric=True),
    "Waited",
    "Late",
]


@needs(Permission.CASE_WORK)
def journey(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Where each service stands, and who is late. What is said in sessions is not told."""
    by = request.actor
    if not records(by, person_id):
        raise Http404
    legs = queries.journey(by, person_id)
    context = {
        "name": cases.name(names(by, [person_id]), person_id),
        "late": [leg for leg in legs if leg.late],
        "columns": COLUMNS,
        "rows": [_row(leg, by.team_ids) for leg in legs],
        "refer_url": reverse("cases:refer", args=[person_id]),
        "may_refer": by.may(Permission.REFERRAL_SEND),
        "back": cases.person_url(person_id),
    }
    return render(request, "support/journey.html", context)


def _row(leg: Leg, mine) -> list:
    episode = leg.episode
    if leg.team.pk in mine and episode:
        url = words.case_url(episode.case_id)
    else:
        url = reverse("cases:referral", args=[leg.referral.pk]) if leg.referral else ""
    name = f"{leg.service.name}, {leg.team.name}" if leg.service else leg.team.name
    return [
        Cell(name, url),
        _stands(leg),
        moment(episode.first_session_on) if episode else "",
        episode.sessions_attended if episode else "",
        _waited(leg),
        tag(leg.late, "red") if leg.late else "",
    ]


def _stands(leg: Leg) -> SafeString:
    """The work, once it is there; the referral until then, and where it was given back."""
    if leg.taken_back:
        return tag("Consent withdrawn", "grey")
    if leg.episode and not (leg.referral and leg.referral.returned_at):
        return words.state_tag(state(leg.episode))
    return cases.referral_tag(leg.referral)


def _waited(leg: Leg) -> str:
    """In all, and what of it she asked for; since the yes, while no work has begun to count it."""
    if leg.wait is None:
        one = leg.referral
        if one is None or one.accepted_at is None or one.returned_at or one.withdrawn_at:
            return ""
        return words.days((timezone.localdate() - local(one.accepted_at).date()).days)
    hers = leg.wait.paused_by_survivor
    return words.days(leg.wait.days) + (f", {hers} of them asked for" if hers else "")
