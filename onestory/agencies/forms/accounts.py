"""The forms of sign-in, of one's own account, and of the list of staff."""

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm, DeactivateTOTPForm
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.forms import PasswordInput
from django.urls import reverse

from onestory.agencies import actions, queries
from onestory.agencies.adapter import WRONG_CODE
from onestory.agencies.reasons import LET_IN, RESET, SHUT_OUT
from onestory.agencies.roles import STAFF_ROLES
from onestory.kernel.errors import Refused
from onestory.kernel.forms import EmailField, Form, RadiosField, SelectField, TextField

PASSKEY_FAILED = "This passkey did not work. Try again, or use another way"
PASSWORD_HINT = "At least 12 characters. Three random words make a good one"


def _password(label: str, called: str, autocomplete: str, **kwargs) -> TextField:
    return TextField(
        label=label,
        called=called,
        autocomplete=autocomplete,
        widget=PasswordInput(),
        strip=False,
        max_length=1000,
        **kwargs,
    )


def _code(label: str, **kwargs) -> TextField:
    return TextField(
        label=label,
        called="the code",
        autocomplete="one-time-code",
        inputmode="numeric",
        spellcheck=False,
        width="10",
        max_length=20,
        **kwargs,
    )


def _same_password(user, password: str) -> str:
    """`password`, if it is the user's; a wrong one counts as a try to sign in."""
    found = get_adapter().authenticate(context.request, email=user.email, password=password)
    if found is None:
        raise ValidationError("The password is not right")
    return password


def provider() -> dict | None:
    """The council's own sign-in, if there is one: its name, and where its button leads."""
    if not settings.OIDC_ISSUER:
        return None
    url = reverse("openid_connect_login", kwargs={"provider_id": "organisation"})
    return {"name": settings.OIDC_NAME, "url": url}


class SignInForm(Form, LoginForm):
    password = _password("Password", "your password", "current-password")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"] = EmailField(
            label="E-mail address", called="your e-mail address", autocomplete="username"
        )

    @property
    def provider(self) -> dict | None:
        return provider()


class OfOneUse:
    """A code counts as a try to sign in, and works once."""

    def clean_code(self):
        try:
            tries = actions.hold_address(by=context.request.actor, email=self.user.email)
        except Refused as refused:
            raise ValidationError(refused.reason) from None
        try:
            code = super().clean_code()
            if not self._is_first_use(code):
                raise ValidationError(WRONG_CODE)
        except ValidationError:
            by = context.request.actor
            actions.fail_try(by=by, tries=tries, user=self.user, how="code")
            raise
        return code

    def _is_first_use(self, code: str) -> bool:
        factor = self.authenticator
        if factor.type != factor.Type.TOTP:
            return True  # recovery codes are crossed off by allauth
        secret, digits = decrypt(factor.data["secret"]), "".join(filter(str.isdigit, code))
        spent = (
            counter
            for counter in yield_hotp_counters_from_time()
            if format_hotp_value(hotp_value(secret, counter)) == digits
        )
        by = context.request.actor
        return actions.spend_code(by=by, factor=factor, counter=next(spent, 0))


class CodeForm(OfOneUse, Form, AuthenticateForm):
    code = _code("Code from your app", help_text="Or one of your recovery codes")


class CodeAgainForm(OfOneUse, Form, ReauthenticateForm):
    code = _code("Code from your app", help_text="Or one of your recovery codes")


class SetUpAppForm(Form, ActivateTOTPForm):
    code = _code("Code that the app shows")


class RemoveAppForm(Form, DeactivateTOTPForm):
    pass


class OfPasskey:
    """Says of a passkey that fails that it is one."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        messages = self.fields["credential"].error_messages
        messages["required"] = messages["invalid"] = PASSKEY_FAILED

    def clean_credential(self):
        try:
            return super().clean_credential()
        except ValidationError:
            raise ValidationError(PASSKEY_FAILED) from None


class PasskeyForm(OfPasskey, Form, AuthenticateWebAuthnForm):
    pass


class PasskeySignInForm(OfPasskey, Form, LoginWebAuthnForm):
    pass


class PasskeyAgainForm(OfPasskey, Form, ReauthenticateWebAuthnForm):
    pass


class AddPasskeyForm(Form, AddWebAuthnForm):
    name = TextField(
        label="Name of this passkey",
        help_text="To tell it from others, for example: work telephone",
        width="20",
        max_length=60,
        required=False,
    )
    mark_optional = False

    def clean(self):
        try:
            return super().clean()
        except ValidationError:
            raise ValidationError("This passkey could not be set up. Try again") from None


class NamePasskeyForm(Form, EditWebAuthnForm):
    name = TextField(label="Name of this passkey", width="20", max_length=60)


class PasswordAgainForm(Form):
    """Shows that it is still the same person."""

    password = _password("Password", "your password", "current-password")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self):
        return _same_password(self.user, self.cleaned_data["password"])


class NewPasswordForm(Form):
    """A password of one's own choice, for somebody who was invited."""

    new = _password("New password", "a new password", "new-password", help_text=PASSWORD_HINT)

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_new(self):
        validate_password(self.cleaned_data["new"], self.user)
        return self.cleaned_data["new"]

    def save(self):
        actions.choose_password(
            by=context.request.actor, user=self.user, password=self.cleaned_data["new"]
        )
        return self.user


class ChangePasswordForm(NewPasswordForm):
    old = _password("Password now", "your password as it is now", "current-password")
    field_order = ["old", "new"]

    def clean_old(self):
        return _same_password(self.user, self.cleaned_data["old"])


class SearchForm(Form):
    words = TextField(label="Find by name or e-mail address", called="a name", width="20")


class PersonForm(Form):
    name = TextField(label="Full name", called="their full name", autocomplete="off")
    email = EmailField(
        label="Work e-mail address", called="their e-mail address", autocomplete="off"
    )


class RoleForm(Form):
    team = SelectField(label="Team", called="a team")
    role = RadiosField(
        label="Role",
        called="a role",
        choices=[(role.code, role.name) for role in STAFF_ROLES.values()],
        hints={role.code: role.about for role in STAFF_ROLES.values()},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.teams = {str(team.pk): team for team in queries.teams()}
        in_groups: dict[str, list] = {}
        for key, team in self.teams.items():
            in_groups.setdefault(team.organisation.name, []).append((key, team.name))
        self.fields["team"].choices = list(in_groups.items())

    def clean_team(self):
        return self.teams[self.cleaned_data["team"]]


class InviteForm(PersonForm, RoleForm):
    field_order = ["name", "email", "team", "role"]


class EndRoleForm(Form):
    when = RadiosField(
        label="When does it end?",
        called="when it ends",
        choices=[("today", "At the end of today"), ("now", "At once")],
    )


class _ReasonForm(Form):
    reason = RadiosField(label="Why?", called="the reason")
    reasons: dict[str, str] = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = list(self.reasons.items())


class ShutOutForm(_ReasonForm):
    reasons = SHUT_OUT


class LetInForm(_ReasonForm):
    reasons = LET_IN


class ResetForm(_ReasonForm):
    reasons = RESET
