"""Decorators of views: who may come in at all. What they then see, PostgreSQL decides."""

from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import Http404

from onestory.agencies.roles import Permission


def signed_in(view):
    """Send those who have not signed in to do so, and then back here.

    For staff: to somebody on their own pages it does not exist.
    """

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if request.actor is None:
            return redirect_to_login(request.get_full_path())
        if request.actor.may(Permission.OWN_PAGES):
            raise Http404
        return view(request, *args, **kwargs)

    guarded.guard = "signed in"
    return guarded


def needs(*permissions: Permission):
    """As `signed_in`; and for whoever lacks all of the permissions the page does not exist."""

    def decorate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not any(request.actor.may(permission) for permission in permissions):
                raise Http404
            return view(request, *args, **kwargs)

        guarded = signed_in(guarded)
        guarded.guard = permissions
        return guarded

    return decorate


def public(view):
    """Say of a view that anybody may open it, so that nobody has to wonder."""
    view.guard = "public"
    return view
