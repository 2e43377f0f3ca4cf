"""Locks a quiet session, and sends those without a second factor to set one up.

A locked session has nobody in it: `request.user` is anonymous, and so there is no actor and
PostgreSQL shows nothing. Who it belongs to is in `request.locked_user`, for the page that asks them
to show that they are the same. What they sent meanwhile is parked, see `agencies.clock`.
"""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from onestory.agencies import clock, queries
from onestory.agencies.adapter import provider_vouches

# What a page asks for by itself is no sign that somebody is there.
BACKGROUND = "X-Background"
DRAFT = "X-Draft"
# Where somebody may go who has yet to set up a second factor.
SETTING_UP = {
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_view_recovery_codes",
}
# Where to sign in, to show that one is the same, and to send what was parked: staff, and people on
# their own pages, who must not be led to a page that names the service.
DOORS = ("account_login", "account_reauthenticate", "agencies:carry-on")
OWN_DOORS = ("portal:door", "portal:again", "portal:carry-on")
TAKING_AWAY = {"mfa_deactivate_totp", "mfa_remove_webauthn"}


class SessionClock:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.locked_user = None
        if request.user.is_authenticated:
            if clock.is_locked(request) or clock.has_ended(request):
                request.locked_user, request.user = request.user, AnonymousUser()
            elif BACKGROUND not in request.headers:
                clock.touch(request)
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if getattr(view, "guard", None) == "public":
            return None
        if request.locked_user:
            return _turn_away(request)
        if not request.user.is_authenticated:
            return None
        if request.method == "POST":
            _forget_what_is_sent(request)
        name = request.resolver_match.view_name
        request.setting_up = not _has_second_factor(request)
        if name in TAKING_AWAY:
            request.session.pop(clock.FACTOR_SHOWN, None)
        return redirect("mfa_index") if request.setting_up and name not in SETTING_UP else None


def _turn_away(request) -> HttpResponse:
    """To the page that asks who it is, and from there back to where they were."""
    if BACKGROUND in request.headers or DRAFT in request.headers:
        return HttpResponse(status=401)
    back = request.get_full_path()
    door, again, carry_on = OWN_DOORS if clock.is_of_own_pages(request) else DOORS
    is_kept = request.method == "POST" and not _has_secrets(request) and clock.park(request)
    if is_kept:
        back = reverse(carry_on)
    # Nobody stays signed in for longer than a day's work.
    page = door if clock.has_ended(request) else again
    url = f"{reverse(page)}?{urlencode({'next': back})}"
    if "HX-Request" in request.headers:
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return redirect(url)


def _has_secrets(request) -> bool:
    """Passwords and codes are typed again: they are kept nowhere, not even sealed."""
    return request.resolver_match.view_name.startswith(("agencies:password", "mfa_", "portal:ways"))


def _forget_what_is_sent(request) -> None:
    """What was parked is deleted when it is sent again."""
    parked = clock.parked(request)
    if parked and parked.path == request.get_full_path():
        clock.drop_parked(request)


def _has_second_factor(request) -> bool:
    """Asked once in a session, and again when its owner has taken one away."""
    if settings.DEMO or request.session.get(clock.FACTOR_SHOWN) or clock.is_of_own_pages(request):
        return True
    shown = provider_vouches(request, request.user) or queries.second_factors(request.user).exists()
    if shown:
        request.session[clock.FACTOR_SHOWN] = True
    return shown
