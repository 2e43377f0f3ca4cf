"""What stands round every page: who is signed in, the menu, what must not be missed."""

from django.conf import settings
from django.urls import reverse

from onestory.agencies.actor import Actor
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission as P
from onestory.cases.queries.worklist import ringing
from onestory.menu import navigation
from onestory.notices import notices


def frame(request) -> dict:
    """The context of `kernel/base.html`. Counts are asked only for somebody who is signed in."""
    actor = getattr(request, "actor", None)
    context = {"notices": _of_a_demonstration(), "actor": actor}
    if actor is None:
        return context
    if actor.may(P.OWN_PAGES):
        return context | _own_pages()
    context |= {
        "signed_in": _signed_in(actor),
        "area_name": pack().name,
        "page_parts": ["agencies/timeout.html"],
        "idle_seconds": settings.IDLE_SECONDS,
    }
    if getattr(request, "setting_up", False):
        return context
    return context | {
        "notices": [*context["notices"], *notices(request, actor)],
        "navigation": navigation(request, actor),
        "red_alert": _red_alert(actor),
    }


def _own_pages() -> dict:
    """Hers have a frame of their own, which does not say what they are."""
    return {
        "own_pages": True,
        "page_parts": ["portal/timeout.html"],
        "idle_seconds": settings.OWN_PAGES_IDLE_SECONDS,
    }


def _of_a_demonstration() -> list[str]:
    if settings.DEMO:
        return ["Demonstration: the people are made up, and no second factor is asked for."]
    return []


def _signed_in(actor: Actor) -> dict:
    return {
        "name": actor.name,
        "team": ", ".join(hat.team_name for hat in actor.hats),
        "account_url": reverse("agencies:account"),
        "sign_out_url": reverse("account_logout"),
    }


def _red_alert(actor: Actor) -> dict:
    """Contacts to the actor's teams that are Red, or in danger and not graded yet."""
    count = ringing(actor) if actor.team_ids else 0
    what = "1 urgent contact is" if count == 1 else f"{count} urgent contacts are"
    return {
        "count": count,
        "url": reverse("cases:worklist"),
        "text": f"{what} waiting for a decision",
    }
