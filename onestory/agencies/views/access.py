"""Pages of signing in that allauth does not have, or has otherwise than we want them."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.reauthentication import resume_request
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn.internal.auth import begin_authentication
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import PasswordResetConfirmView
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods

from onestory.agencies import actions, clock
from onestory.agencies.forms import (
    CodeAgainForm,
    NewPasswordForm,
    PasskeyAgainForm,
    PasswordAgainForm,
    provider,
)
from onestory.agencies.guard import public, signed_in

# How somebody shows that they are the same: the field that comes with it, its form, its name on
# the record.
WAYS = (
    ("password", PasswordAgainForm),
    ("code", CodeAgainForm),
    ("credential", PasskeyAgainForm),
)


@public
@require_http_methods(["GET", "POST"])
def again(request):
    """Asks whoever is signed in to show that they still are the same: after a session has locked,
    and before something grave. Then it goes on where they were."""
    user = request.locked_user or request.user
    if not user.is_authenticated or clock.has_ended(request):
        return redirect("account_login")
    forms = {way: form(user=user) for way, form in WAYS if _has(user, way)}
    sent = next((way for way in forms if way in request.POST), None)
    if sent:
        forms[sent] = type(forms[sent])(request.POST, user=user)
        if forms[sent].is_valid():
            return _go_on(request, user, sent, forms[sent])
    context = {
        "person": user,
        "locked": request.locked_user is not None,
        "forms": list(forms.values()),
        "ways": forms,
        "next": _next(request),
        "provider": None if user.has_usable_password() else provider(),
    }
    if "credential" in forms:
        context["js_data"] = {"request_options": begin_authentication(user)}
    return render(request, "agencies/again.html", context)


def _has(user, way: str) -> bool:
    if way == "password":
        return user.has_usable_password()
    kinds = {
        "code": [Authenticator.Type.TOTP],
        "credential": [Authenticator.Type.WEBAUTHN],
    }
    return is_mfa_enabled(user, kinds[way])


def _go_on(request, user, way: str, form):
    if way == "password":
        record_authentication(request, user, method="password", reauthenticated=True)
    else:
        form.save()
    actions.resume_sign_in(by=request.actor, user=user, how=way)
    clock.unlock(request)
    request.session.cycle_key()
    if request.locked_user is None and (response := resume_request(request)):
        return response
    return redirect(_next(request))


def _next(request) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(
        wanted, {request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else "/"


@signed_in
@require_GET
def carry_on(request):
    """What somebody sent when their session had locked, for them to send now."""
    parked = clock.parked(request)
    if parked is None:
        return redirect("/")
    return render(request, "agencies/carry_on.html", {"parked": parked})


@signed_in
@require_GET
def back(request):
    """Where somebody lands who has signed in again in a tab of its own."""
    return render(request, "agencies/back.html")


@public
@require_GET
def session(request):
    """How long until this session locks. Asking is a sign that somebody is there, unless the
    request says that it is made in the background."""
    if not request.user.is_authenticated:
        return JsonResponse({"locked": True})
    user, seconds = str(request.user.pk), clock.seconds_left(request)
    return JsonResponse({"locked": False, "user": user, "seconds": seconds})


@public
@require_http_methods(["GET", "POST"])
def sign_out(request):
    """Ends this session, locked or not."""
    if request.method == "GET":
        return redirect("/")
    user = request.locked_user or request.user
    if user.is_authenticated:
        actions.sign_out(by=request.actor, user=user)
    logout(request)
    messages.success(request, "You are signed out")
    return redirect("account_login")


class Welcome(PasswordResetConfirmView):
    """Where an invitation leads: a password of one's own choice. The link works once."""

    form_class = NewPasswordForm
    template_name = "agencies/welcome.html"
    success_url = reverse_lazy("account_login")

    def form_valid(self, form):
        messages.success(self.request, "Your password is set. Sign in with it")
        return super().form_valid(form)


welcome = public(Welcome.as_view())
