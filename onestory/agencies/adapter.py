"""How django-allauth is told what is ours: no open sign-up, one way to fail, our words."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse

from onestory.agencies import actions, clock, queries
from onestory.agencies.actor import actor_of
from onestory.agencies.models import User
from onestory.agencies.roles import Permission
from onestory.agencies.sealed import seal, unseal
from onestory.kernel.errors import Refused

# What we say where allauth would say something; the rest of what it says goes without saying.
SAID = {
    "mfa/messages/totp_activated.txt": "Your app is set up",
    "mfa/messages/totp_deactivated.txt": "Your app is removed",
    "mfa/messages/webauthn_added.txt": "Your passkey is set up",
    "mfa/messages/webauthn_removed.txt": "Your passkey is removed",
}
NEUTRAL = "Notes"
WRONG_CODE = "This code is not right, or was used before. Wait for the next one"
NOT_RIGHT = "The e-mail address or the password is not right"


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": NOT_RIGHT,
        "incorrect_code": WRONG_CODE,
    }

    def is_open_for_signup(self, request):
        return False

    def get_login_stages(self):
        return ["onestory.agencies.adapter.SecondFactorStage"]

    def authenticate(self, request, **credentials):
        """The one whose address and password these are; None for all others, whatever is wrong."""
        email = credentials["email"]
        try:
            tries = actions.hold_address(by=request.actor, email=email)
        except Refused as refused:
            raise ValidationError(refused.reason) from None
        user = authenticate(request, **credentials)
        # The backend would have us tell the inactive that they are.
        AuthenticationBackend.unstash_authenticated_user()
        if user is None:
            known = User.objects.filter(email=email.lower()).first()
            actions.fail_try(by=request.actor, tries=tries, user=known, how="password")
        return user

    def pre_login(self, request, user, **kwargs):
        # Somebody with pages of their own comes in by another door.
        if user.is_active and not actor_of(user).may(Permission.OWN_PAGES):
            return None
        actions.note_refusal(by=request.actor, user=user, how="inactive")
        messages.error(request, "This did not work. Ask an administrator of your partnership.")
        return redirect("account_login")

    def login(self, request, user):
        how = [record["method"] for record in get_authentication_records(request, user)]
        super().login(request, user)
        clock.start(request)
        actions.sign_in(by=request.actor, user=user, how=how)

    def get_login_redirect_url(self, request):
        if clock.parked(request):
            return reverse("agencies:carry-on")
        return super().get_login_redirect_url(request)

    def get_reauthentication_methods(self, user):
        url = reverse("account_reauthenticate")
        return [{"id": "reauthenticate", "description": "", "url": url}]

    def is_reauthentication_required(self, *, app, **kwargs):
        """Not within some minutes of having signed in."""
        return not clock.is_fresh(self.request)

    def add_message(self, request, level, message_template=None, *args, message=None, **kwargs):
        if said := message or SAID.get(message_template):
            messages.add_message(request, level, said)


class SecondFactorStage(AuthenticateStage):
    """Asks for the second factor, unless the council's own sign-in has done so."""

    def _should_handle(self, request):
        return not provider_vouches(request, self.login.user) and super()._should_handle(request)


def provider_vouches(request, user) -> bool:
    """Whether this sign-in came by a provider that demands a second factor of everybody."""
    return settings.OIDC_DEMANDS_SECOND_FACTOR and any(
        record["method"] == "socialaccount" for record in get_authentication_records(request, user)
    )


class FactorAdapter(DefaultMFAAdapter):
    """Second factors: their secrets sealed, their names plain."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": WRONG_CODE,
        "cannot_delete_authenticator": "This is your only second factor. Set up another one first.",
        "cannot_generate_recovery_codes": "Set up an app or a passkey first.",
    }

    def get_public_key_credential_rp_entity(self):
        """What a telephone shows in its list of passkeys, where others may see it."""
        entity = super().get_public_key_credential_rp_entity()
        return {**entity, "name": NEUTRAL} if clock.is_of_own_pages(context.request) else entity

    def get_public_key_credential_user_entity(self, user):
        entity = super().get_public_key_credential_user_entity(user)
        if clock.is_of_own_pages(context.request):
            entity |= {"display_name": NEUTRAL, "name": NEUTRAL}
        return entity

    def get_totp_issuer(self):
        return "OneStory"

    def _get_site_name(self):
        return "OneStory"

    def encrypt(self, text):
        return seal(text, "second factors")

    def decrypt(self, encrypted_text):
        return unseal(encrypted_text, "second factors") or ""

    def can_delete_authenticator(self, authenticator):
        others = queries.second_factors(authenticator.user).exclude(pk=authenticator.pk)
        return settings.DEMO or others.exists()

    def generate_authenticator_name(self, user, type):  # noqa: A002 – the name that allauth gives it
        return f"Passkey {Authenticator.objects.filter(user=user, type=type).count() + 1}"


class ProviderAdapter(DefaultSocialAccountAdapter):
    """The council's own sign-in: it finds somebody who is here already, and adds nobody.

    Nothing is stored of what the provider says: whom it means is looked up each time, by the
    address that an administrator gave them here.
    """

    def is_open_for_signup(self, request, sociallogin):
        return False

    def authenticate_by_email(self, sociallogin):
        """Done in `pre_social_login`: allauth's way would wipe the password of whom it finds."""
        return None

    def pre_social_login(self, request, sociallogin):
        user = None
        if sociallogin.state.get("process") == "login":
            user = queries.user_with_address(_verified(sociallogin.email_addresses))
        if user is None:
            actions.note_refusal(by=request.actor, user=None, how="provider")
            context = {"provider": settings.OIDC_NAME}
            raise ImmediateHttpResponse(
                render(request, "account/signup_closed.html", context, status=403)
            )
        sociallogin.user = user


def _verified(addresses) -> list[str]:
    # Some providers send the word for true.
    return [a.email for a in addresses if str(a.verified).lower() == "true"]
