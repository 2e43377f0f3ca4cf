"""What the pages of danger have in common: a survivor whose danger is open to the actor."""

from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse

from onestory.access.models import Kind
from onestory.agencies.actor import Actor
from onestory.agencies.guard import needs
from onestory.agencies.roles import Permission
from onestory.kernel.opening import Opening, Typed
from onestory.people.queries import PersonView, open_person

asks = needs(Permission.ASSESS)
works = needs(Permission.CASE_WORK)
OF_THE_PAGE = {"csrfmiddlewaretoken", "seen", "shown", "action", *Opening.FIELDS}


def of_survivor(by: Actor, person_id: UUID) -> PersonView:
    """Somebody the danger to whom is open to the actor, or not begun yet. `Http404` otherwise."""
    view = open_person(by, person_id)
    if Kind.RISK in view.covers and not view.is_open(Kind.RISK):
        raise Http404
    return view


def name(view: PersonView) -> str:
    """Who it is about, as far as that is open."""
    return str(view.identity) if view.identity else view.person.reference


def typed(request: HttpRequest, *fields: str) -> Typed:
    """What is typed on a page, without what the page says of itself; of these fields, or of all."""
    return {
        field: given
        for field, given in request.POST.lists()
        if (field in fields if fields else field not in OF_THE_PAGE)
    }


def team_of(by: Actor, permission: Permission) -> UUID:
    """The team for which the actor works here: their first that may."""
    return by.teams_where(permission)[0]


def back(view: PersonView) -> dict:
    """To the page of danger."""
    return {"url": reverse("risk:person", args=[view.person.pk]), "text": "Danger and safety"}
