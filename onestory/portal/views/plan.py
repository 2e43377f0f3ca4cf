"""Her plan, goals and appointments."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from onestory.portal.guard import hers
from onestory.portal.views.pages import page
from onestory.support import queries as support


@hers
@require_GET
def plan(request: HttpRequest) -> HttpResponse:
    """Her goals in her own words, and what was agreed."""
    return page(request, "plan", plan=support.plan(request.actor, request.own.person_id))


@hers
@require_GET
def dates(request: HttpRequest) -> HttpResponse:
    """Appointments ahead."""
    ahead = support.appointments(request.actor, request.own.person_id)
    return page(request, "dates", sessions=ahead)
