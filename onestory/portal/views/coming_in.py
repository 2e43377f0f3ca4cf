"""The door: an invitation, a passkey, a code and a number. Nobody is known here yet."""

from allauth.mfa.webauthn.internal.auth import begin_authentication
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods

from onestory.access.acting import acting
from onestory.agencies import clock
from onestory.agencies.actor import actor_of
from onestory.agencies.guard import public
from onestory.agencies.models import User
from onestory.agencies.roles import Permission
from onestory.kernel.errors import Refused
from onestory.portal import actions, forms
from onestory.portal.guard import SETTING_UP, hers
from onestory.portal.views.pages import page, sent

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
WRONG_INVITATION = "The code or the word is not right, or the code has been used or is too old"
WRONG_CODE = "The code or the number is not right, or the code has been used"
WRONG_NUMBER = "This number is not right"
TOO_MANY = "There were too many tries. Wait 15 minutes"
get_or_post = require_http_methods(["GET", "POST"])


@public
@get_or_post
def door(request: HttpRequest) -> HttpResponse:
    """Where she comes in."""
    if request.actor and request.actor.may(Permission.OWN_PAGES):
        return redirect("portal:home")
    form = forms.CodeForm(sent(request))
    if form.is_valid():
        user = _tried(form, WRONG_CODE, lambda: actions.try_code(by=None, **form.cleaned_data))
        if user:
            _let_in(request, user, "code")
            return redirect("portal:home")
    return page(request, "door", form=form, back=None)


@public
@get_or_post
def start(request: HttpRequest) -> HttpResponse:
    """Where an invitation is used, once. Then she makes a way to come back."""
    form = forms.StartForm(sent(request))
    if form.is_valid():
        user = _tried(form, WRONG_INVITATION, lambda: actions.redeem(by=None, **form.cleaned_data))
        if user:
            _let_in(request, user, "invitation")
            request.session[SETTING_UP] = True
            return redirect("portal:ways")
    return page(request, "start", form=form, back=reverse("portal:door"))


@public
@get_or_post
def passkey(request: HttpRequest) -> HttpResponse:
    """Asked by the page how to use a passkey; then sent what the telephone says."""
    if request.method == "GET":
        return JsonResponse({"request_options": begin_authentication()})
    form = forms.PasskeyForm(request.POST)
    if form.is_valid():
        user = form.cleaned_data["credential"].user
        if user.is_active and actor_of(user).may(Permission.OWN_PAGES):
            if request.locked_user == user:
                _uncover(request, user, "passkey")
                return redirect(_next(request))
            _let_in(request, user, "passkey")
            return redirect("portal:home")
    return page(request, "door", form=forms.CodeForm(), failed=forms.PASSKEY_FAILED, back=None)


@public
@get_or_post
def again(request: HttpRequest) -> HttpResponse:
    """Where a page leads that has covered itself: the same person goes on where she was."""
    user = request.locked_user
    if user is None or not clock.is_of_own_pages(request) or clock.has_ended(request):
        return redirect("portal:home")
    form = forms.AgainForm(sent(request)) if user.has_usable_password() else None
    if form and form.is_valid():
        number = form.cleaned_data["number"]
        if _tried(
            form, WRONG_NUMBER, lambda: actions.try_number(by=None, user=user, number=number)
        ):
            _uncover(request, user, "number")
            return redirect(_next(request))
    return page(request, "again", form=form, next=_next(request), back=None)


@hers
@require_GET
def carry_on(request: HttpRequest) -> HttpResponse:
    """What she sent when her page had been covered, for her to send now."""
    parked = clock.parked(request)
    if parked is None:
        return redirect("portal:home")
    return page(request, "carry_on", parked=parked)


@hers
@require_GET
def back(request: HttpRequest) -> HttpResponse:
    """Where she lands who came in again in a tab of its own."""
    return page(request, "back")


@public
@get_or_post
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends this session. By GET nothing ends: a page could ask for it."""
    if request.method == "POST":
        logout(request)
    return redirect("portal:door")


def _tried(form, wrong: str, act) -> User | None:
    """Whom the try let in; or nobody, and the form says that it was wrong and not what."""
    try:
        found = act()
    except Refused:
        form.add_error(None, TOO_MANY)
        return None
    if found is None or not found.is_active:
        form.add_error(None, wrong)
        return None
    return found


def _let_in(request: HttpRequest, user: User, how: str) -> None:
    login(request, user, backend=BACKEND)
    request.session[clock.OWN_PAGES] = True
    clock.start(request)
    actions.come_in(by=None, user=user, how=how)
    her = actor_of(user)
    with acting(her, purpose="own pages"):
        actions.catch_up(by=her)


def _uncover(request: HttpRequest, user: User, how: str) -> None:
    clock.unlock(request)
    request.session.cycle_key()
    actions.confirm(by=None, user=user, how=how)


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    first = reverse("portal:home")
    safe = wanted.startswith(first) and url_has_allowed_host_and_scheme(
        wanted, {request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else first
