"""Where a team may know who somebody is, and not tell others: said before anything is asked of her."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from onestory.access import queries as access
from onestory.access.models import Kind
from onestory.agencies.actor import Actor
from onestory.agencies.models import Team
from onestory.agencies.pack import pack
from onestory.agencies.roles import OWN_PAGES_TEAM
from onestory.cases.views import words
from onestory.people.queries import PersonView


def not_to_pass_on(request: HttpRequest, person: PersonView) -> HttpResponse | None:
    """The page that says so, and whom to ask; None if the team may tell others who they are."""
    by, key = request.actor, person.person.pk
    identity = access.open_envelopes(by, key).get(Kind.IDENTITY)
    if identity and access.may_share(by, [identity]):
        return None
    context = {
        "name": str(person.identity or words.CLOSED),
        "known": identity is not None,
        "asks": _finds_services(request.actor) if identity else None,
        "teams": _who_may(person),
        "ask_url": reverse("people:ask", args=[key, Kind.IDENTITY]),
        "back": words.person_url(key),
    }
    return render(request, "cases/not_to_pass_on.html", context)


def _finds_services(by: Actor) -> Team | None:
    """The actor's team that chooses services with those who agree to it."""
    calls = Team.objects.filter(pk__in=by.team_ids, code__in=pack().first_calls)
    return calls.first()


def _who_may(person: PersonView) -> list[Team]:
    """The teams that may tell others who this is."""
    now = timezone.now()
    found = {
        grant.team
        for grant in person.who_knows
        if grant.may_share
        and grant.envelope.kind == Kind.IDENTITY
        and (grant.ends_at is None or grant.ends_at > now)
        and grant.team_id != OWN_PAGES_TEAM
    }
    return sorted(found, key=str)
