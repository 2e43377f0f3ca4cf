"""Her plan, goals and appointments; who helps her, and whom she waits for."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from onestory.access import queries as access
from onestory.cases.queries.hers import told_herself
from onestory.portal import who_helps
from onestory.portal.guard import hers
from onestory.portal.views.pages import page
from onestory.risk import queries as risk
from onestory.support import queries as support


@hers
@require_GET
def plan(request: HttpRequest) -> HttpResponse:
    """Her goals in her own words, and what was agreed."""
    return page(request, "plan", plan=support.plan(request.actor, request.own.person_id))


@hers
@require_GET
def safety_plan(request: HttpRequest) -> HttpResponse:
    """Her safety plan as it stands, with the steps that are for her and her worker alone."""
    return page(request, "safety_plan", plan=risk.plan(request.actor, request.own.person_id))


@hers
@require_GET
def dates(request: HttpRequest) -> HttpResponse:
    """Appointments ahead."""
    ahead = support.appointments(request.actor, request.own.person_id)
    return page(request, "dates", sessions=ahead)


@hers
@require_GET
def helping(request: HttpRequest) -> HttpResponse:
    """Who helps her, whom she waits for, and what came to nothing."""
    by, person_id = request.actor, request.own.person_id
    told = {knower.team.pk for knower in access.shown_to_her(by, person_id).knowers}
    found = who_helps.helpers(
        told_herself(by, person_id), support.episodes_of_person(by, person_id), told
    )
    context = {
        "live": [one for one in found if one.is_live],
        "over": [one for one in found if not one.is_live],
    }
    return page(request, "helping", **context)
