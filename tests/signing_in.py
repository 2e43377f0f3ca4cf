"""What tests of signing in share: a clock that can be moved, quick passwords, codes of an app."""

import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.utils import timezone

from onestory.access.models import Entry
from onestory.agencies.models import User

PASSWORD = "three dull spoons"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


class Clock:
    """Moves time on for everybody who asks what time it is."""

    def __init__(self, monkeypatch):
        self.ahead = 0.0
        really, now = time.time, timezone.now
        monkeypatch.setattr(time, "time", lambda: really() + self.ahead)
        monkeypatch.setattr(timezone, "now", lambda: now() + timedelta(seconds=self.ahead))

    def pass_by(self, **span) -> None:
        self.ahead += timedelta(**span).total_seconds()


@pytest.fixture
def clock(monkeypatch):
    return Clock(monkeypatch)


@pytest.fixture
def staff(world, settings):
    """``staff("tess")``: that member of the world, with PASSWORD for a password."""
    cache.clear()  # allauth remembers used codes there
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

    def find(name: str) -> User:
        User.objects.filter(pk=world.users[name]).update(password=make_password(PASSWORD))
        return world.user(name)

    return find


@pytest.fixture
def browser(client, staff):
    """``browser("tess")``: a browser in which Tess is signed in."""

    def open_for(name: str):
        sign_in(client, staff(name))
        return client

    return open_for


def sign_in(client, user, password=PASSWORD, follow=False, **more):
    return client.post(
        "/account/sign-in/", {"login": user.email, "password": password, **more}, follow=follow
    )


def give_app(user) -> Authenticator:
    """An app, with its recovery codes, whose codes `code_of_app` tells."""
    RecoveryCodes.activate(user)
    return TOTP.activate(user, SECRET).instance


def code_of_app(steps: int = 0) -> str:
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // 30 + steps))


def recovery_codes(user) -> list[str]:
    factor = Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES)
    return factor.wrap().get_unused_codes()


def is_in(client) -> bool:
    return client.get("/account/").status_code == 200


def on_the_record(as_, verb: str) -> list[Entry]:
    with as_("gwen"):
        return list(Entry.objects.filter(verb=verb).order_by("id"))
