"""Her ways in: a passkey, a list of codes with a number, and closing all of them."""

from allauth.mfa.webauthn.internal.auth import begin_registration
from django.contrib.auth import logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onestory.portal import actions, forms, queries
from onestory.portal.guard import SETTING_UP, hers, sets_up
from onestory.portal.views.pages import done, page, sent

get_or_post = require_http_methods(["GET", "POST"])


@sets_up
@require_GET
def ways(request: HttpRequest) -> HttpResponse:
    """How she can come in, and how to add a way."""
    return _ways(request, forms.AddPasskeyForm(user=request.user))


@sets_up
@require_POST
def passkey(request: HttpRequest) -> HttpResponse:
    """Keep the passkey that her telephone has made."""
    form = forms.AddPasskeyForm(request.POST, user=request.user)
    if done(form, lambda: _keep(request, form)):
        request.session.pop(SETTING_UP, None)
        return redirect("portal:home")
    return _ways(request, form)


@sets_up
@get_or_post
def codes(request: HttpRequest) -> HttpResponse:
    """A number of her own choice; then the list of codes, shown once."""
    form = forms.ChooseNumberForm(sent(request))
    made: list[str] = []
    if done(form, lambda: made.extend(_codes(request, form))):
        request.session.pop(SETTING_UP, None)
        return page(request, "codes_shown", codes=made)
    return page(request, "codes", form=form, back=reverse("portal:ways"))


@hers
@get_or_post
def end(request: HttpRequest) -> HttpResponse:
    """Close every way in, this one too."""
    if request.method == "POST":
        actions.end_my_ways_in(by=request.actor)
        logout(request)
        return redirect("portal:door")
    return page(request, "ways_end", back=reverse("portal:ways"))


def _ways(request: HttpRequest, form: forms.AddPasskeyForm) -> HttpResponse:
    setting_up = bool(request.session.get(SETTING_UP))
    context = {"back": None} if setting_up else {}
    return page(
        request,
        "ways",
        form=form,
        setting_up=setting_up,
        ways=queries.ways_in(request.user.pk),
        js_data={"creation_options": begin_registration(request.user, passwordless=True)},
        **context,
    )


def _keep(request: HttpRequest, form: forms.AddPasskeyForm) -> None:
    credential = form.cleaned_data["credential"]
    actions.add_passkey(by=request.actor, user=request.user, credential=credential)


def _codes(request: HttpRequest, form: forms.ChooseNumberForm) -> list[str]:
    made = actions.make_codes(by=request.actor, number=form.cleaned_data["number"])
    # A new number ends every session of hers but this one.
    request.user.refresh_from_db()
    update_session_auth_hash(request, request.user)
    return made
