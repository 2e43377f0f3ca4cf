"""Who may come in to own pages: the person whose they are, and nobody else."""

from functools import wraps

from django.http import Http404
from django.shortcuts import redirect

from onestory.agencies.roles import Permission
from onestory.portal import queries

# Set in the session of somebody who came by an invitation, until she has a way to come back.
SETTING_UP = "setting up"


def hers(view):
    """A page of a survivor's own: `request.own` says whose. Staff do not find it."""
    return _guarded(view, sets_up=False)


def sets_up(view):
    """As `hers`; and the page on which she makes a way in, which comes before all others."""
    return _guarded(view, sets_up=True)


def _guarded(view, *, sets_up: bool):
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if request.actor is None:
            return redirect("portal:door")
        if not request.actor.may(Permission.OWN_PAGES):
            raise Http404
        if request.session.get(SETTING_UP) and not sets_up:
            return redirect("portal:ways")
        request.own = queries.own_pages(request.actor)
        if request.own is None:
            raise Http404
        return view(request, *args, **kwargs)

    guarded.guard = "own pages"
    return guarded
