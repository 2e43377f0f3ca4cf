"""The council's own sign-in: it lets in who is here already, and makes nobody."""

import pytest
from allauth.socialaccount.models import SocialAccount

from onestory.agencies.models import User
from tests.signing_in import browser, give_app, is_in, on_the_record, staff

__all__ = ["browser", "staff"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def provider(settings, monkeypatch):
    """A provider that says who somebody is, without a network."""
    settings.OIDC_ISSUER, settings.OIDC_NAME = "https://id.example.org", "the council"
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "organisation",
                    "name": "the council",
                    "client_id": "onestory",
                    "secret": "secret",
                    "settings": {"server_url": "https://id.example.org"},
                }
            ]
        }
    }

    def says(**claims):
        views = "allauth.socialaccount.providers.openid_connect.views.OpenIDConnectOAuth2Adapter."
        config = {
            "authorization_endpoint": "https://id.example.org/authorize",
            "token_endpoint": "https://id.example.org/token",
        }
        monkeypatch.setattr(views + "openid_config", config, raising=False)
        monkeypatch.setattr(views + "get_access_token_data", lambda *a, **k: {"access_token": "x"})
        monkeypatch.setattr(
            views + "complete_login",
            lambda self, request, app, token, **k: self.get_provider().sociallogin_from_response(
                request, {"userinfo": {"sub": "17", **claims}}
            ),
        )

    return says


def come_back(client, follow=True, next_url="/account/", process="login"):
    """Go to the provider and come back with what it says."""
    client.get("/account/sign-in/")
    away = client.post("/account/with/organisation/", {"next": next_url, "process": process})
    assert away.url.startswith("https://id.example.org/authorize?")
    state = next(iter(client.session["socialaccount_states"]))
    return client.get(f"/account/with/organisation/back/?code=1&state={state}", follow=follow)


def test_without_a_provider_there_is_no_button(client):
    assert b"Sign in with" not in client.get("/account/sign-in/").content


def test_with_one_there_is(client, provider):
    assert b"Sign in with the council" in client.get("/account/sign-in/").content


def test_it_lets_in_who_has_the_verified_address(client, provider, staff, as_):
    tess = staff("tess")
    provider(email="Tess@Example.org", email_verified=True)
    come_back(client)
    assert is_in(client)
    assert on_the_record(as_, "sign-in")[-1].detail == {"how": ["socialaccount"]}
    assert on_the_record(as_, "sign-in")[-1].subject == f"user:{tess.pk}"
    # And the password stays as it is.
    assert User.objects.get(pk=tess.pk).password == tess.password


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "stranger@example.org", "email_verified": True},
        {"email": "tess@example.org", "email_verified": False},
        {"email": "tess@example.org", "email_verified": "false"},
        {"email": "tess@example.org"},
        {"email": "system@onestory.invalid", "email_verified": True},
        {"email_verified": True},
    ],
)
def test_it_lets_in_nobody_else_and_makes_nobody(client, provider, world, claims, as_):
    before = User.objects.count()
    provider(**claims)
    page = come_back(client)
    assert page.status_code == 403
    assert b"You have no account here" in page.content
    assert not is_in(client)
    assert User.objects.count() == before
    assert not SocialAccount.objects.exists()
    assert on_the_record(as_, "sign-in.failed")[-1].detail == {"how": "provider"}


def test_it_does_not_let_in_the_deactivated(client, provider, staff):
    tess = staff("tess")
    User.objects.filter(pk=tess.pk).update(is_active=False)
    provider(email=tess.email, email_verified=True)
    assert come_back(client).status_code == 403
    assert not is_in(client)


def test_it_connects_nothing_to_the_account_of_another(browser, provider):
    client = browser("nell")
    provider(email="tess@example.org", email_verified=True)
    client.get("/account/sign-in/")
    client.post("/account/with/organisation/?process=connect", {})
    state = next(iter(client.session["socialaccount_states"]))
    assert client.get(f"/account/with/organisation/back/?code=1&state={state}").status_code == 403
    assert not SocialAccount.objects.exists()


def test_ours_is_asked_for_as_well(client, provider, staff):
    tess = staff("tess")
    give_app(tess)
    provider(email=tess.email, email_verified=True)
    assert come_back(client, follow=False).url == "/account/sign-in/code/"


def test_a_provider_that_demands_a_second_factor_spares_ours(client, provider, staff, settings):
    settings.DEMO, settings.OIDC_DEMANDS_SECOND_FACTOR = False, True
    tess = staff("tess")
    provider(email=tess.email, email_verified=True)
    assert come_back(client, follow=False).url == "/account/"
    assert is_in(client)


def test_one_that_does_not_leaves_it_to_us(client, provider, staff, settings):
    settings.DEMO = False
    tess = staff("tess")
    provider(email=tess.email, email_verified=True)
    come_back(client)
    assert client.get("/account/").url == "/account/second-factor/"
