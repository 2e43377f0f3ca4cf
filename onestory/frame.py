"""What stands round every page: who is signed in, the menu, what must not be missed."""

from django.conf import settings
from django.urls import reverse

from onestory.access.queries import openings_to_review
from onestory.agencies.actor import Actor
from onestory.agencies.pack import pack
from onestory.agencies.queries import stale
from onestory.agencies.roles import Permission as P
from onestory.cases.queries.worklist import ringing
from onestory.menu import navigation
from onestory.rights.queries import corrections_waiting, unheld
from onestory.support.queries.gone import given_back


def frame(request) -> dict:
    """The context of `kernel/base.html`. Counts are asked only for somebody who is signed in."""
    actor = getattr(request, "actor", None)
    context = {"notices": _notices(), "actor": actor}
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
        "notices": [
            *context["notices"],
            *_to_review(actor),
            *_to_confirm(request, actor),
            *_to_put_right(request, actor),
            *_to_hand_over(request, actor),
            *_given_back(request, actor),
        ],
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


def _notices() -> list[str]:
    if settings.DEMO:
        return ["Demonstration: the people are made up, and no second factor is asked for."]
    return []


def _to_review(actor: Actor) -> list[dict]:
    """Emergency openings, which a guardian is to see at once wherever they are."""
    count = openings_to_review(actor)
    if not count:
        return []
    what = "1 emergency opening waits" if count == 1 else f"{count} emergency openings wait"
    return [
        {
            "tag": "Emergency",
            "text": f"{what} for your review.",
            "url": reverse("access:openings"),
            "link": "See who and why",
        }
    ]


def _to_confirm(request, actor: Actor) -> list[dict]:
    """On the home page: entries of the directory that their team has not confirmed for long."""
    here = request.resolver_match.view_name if request.resolver_match else ""
    if here != "cases:worklist" or not actor.may(P.DIRECTORY_KEEP):
        return []
    count = stale(actor).count()
    if not count:
        return []
    what = "1 entry" if count == 1 else f"{count} entries"
    return [
        {
            "tag": "Directory",
            "text": f"{what} of your team may be out of date.",
            "url": reverse("agencies:directory"),
            "link": "Say what is still right",
        }
    ]


def _to_put_right(request, actor: Actor) -> list[dict]:
    """On the home page: what survivors say is wrong, for the actor's teams to decide."""
    here = request.resolver_match.view_name if request.resolver_match else ""
    if here != "cases:worklist" or not actor.may(P.RIGHTS_WORK):
        return []
    count = corrections_waiting(actor)
    if not count:
        return []
    what = "1 survivor says" if count == 1 else f"{count} times survivors say"
    return [
        {
            "tag": "Put right",
            "text": f"{what} that something in their record is wrong.",
            "url": reverse("rights:corrections"),
            "link": "See what, and decide",
        }
    ]


def _given_back(request, actor: Actor) -> list[dict]:
    """On the home page: people whom the actor held while they waited, until somebody gave them back."""
    here = request.resolver_match.view_name if request.resolver_match else ""
    if here != "cases:worklist" or not actor.may(P.CASE_WORK):
        return []
    count = len(given_back(actor))
    if not count:
        return []
    what = "1 person whom you held was" if count == 1 else f"{count} people whom you held were"
    return [
        {
            "tag": "Given back",
            "text": f"{what} given back in the last days.",
            "url": reverse("support:mine"),
            "link": "See which case, and to whom",
        }
    ]


def _to_hand_over(request, actor: Actor) -> list[dict]:
    """On a guardian's pages: what survivors say is wrong, and nobody has on a list."""
    here = request.resolver_match.view_name if request.resolver_match else ""
    if not here.startswith(("access:", "rights:")) or not actor.may(P.RIGHTS_REVIEW):
        return []
    count = len(unheld(actor))
    if not count:
        return []
    what = "1 survivor says" if count == 1 else f"{count} times survivors say"
    return [
        {
            "tag": "Put right",
            "text": f"{what} that something in their record is wrong, and nobody holds it.",
            "url": reverse("rights:unheld"),
            "link": "Find somebody who decides",
        }
    ]


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
