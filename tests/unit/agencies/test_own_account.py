"""One's own account: what it shows, and how a second factor is kept."""

import pytest
from allauth.mfa.models import Authenticator

from onestory.agencies.sessions import browser_in_words
from tests.signing_in import (
    PASSWORD,
    browser,
    clock,
    code_of_app,
    give_app,
    is_in,
    on_the_record,
    sign_in,
    staff,
)

__all__ = ["browser", "clock", "staff"]

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/128.0 Safari/537.36 Edg/128.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Safari/604.1"


def test_it_shows_who_one_is_and_where_one_is_signed_in(client, staff):
    tess = staff("tess")
    client.defaults["HTTP_USER_AGENT"] = FIREFOX
    sign_in(client, tess)
    page = client.get("/account/").content.decode()
    for shown in ("Tess Marlow", "tess@example.org", "Triage worker", "Firefox on Windows"):
        assert shown in page


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (FIREFOX, "Firefox on Windows"),
        (EDGE, "Edge on Windows"),
        (SAFARI, "Safari on iPhone"),
        ("", "A browser"),
    ],
)
def test_a_browser_in_words(sent, words):
    assert browser_in_words(sent) == words


def test_a_new_password_needs_the_old_one(browser, as_):
    client = browser("tess")
    page = client.post("/account/password/", {"old": "wrong", "new": "four even duller spoons"})
    assert b"The password is not right" in page.content
    assert not on_the_record(as_, "user.change-password")


@pytest.mark.parametrize("new", ["short", "tess@example.org", "Tess Marlow 1"])
def test_a_weak_password_is_refused(browser, new):
    page = browser("tess").post("/account/password/", {"old": PASSWORD, "new": new})
    assert page.status_code == 200
    assert page.context["form"].errors["new"]


def test_a_change_of_the_second_factor_asks_first_who_it_is(browser, clock):
    client = browser("tess")
    clock.pass_by(minutes=6)
    away = client.get("/account/second-factor/app/")
    assert away.url == "/account/sign-in/again/?next=%2Faccount%2Fsecond-factor%2Fapp%2F"
    client.post(away.url, {"password": "wrong"})
    assert client.get("/account/second-factor/app/").status_code == 302
    assert client.post(away.url, {"password": PASSWORD}).url == "/account/second-factor/app/"
    assert client.get("/account/second-factor/app/").status_code == 200


def test_the_only_second_factor_cannot_be_removed_where_one_is_demanded(client, staff, settings):
    settings.DEMO = False
    tess = staff("tess")
    give_app(tess)
    sign_in(client, tess)
    client.post("/account/sign-in/code/", {"code": code_of_app()})
    page = client.post("/account/second-factor/app/remove/")
    assert b"Set up another one first" in page.content
    assert Authenticator.objects.filter(user=tess, type="totp").exists()


def test_in_a_demonstration_it_can(client, staff):
    tess = staff("tess")
    give_app(tess)
    sign_in(client, tess)
    client.post("/account/sign-in/code/", {"code": code_of_app()})
    client.post("/account/second-factor/app/remove/")
    assert not Authenticator.objects.filter(user=tess).exists()
    assert is_in(client)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "password/",
        "second-factor/",
        "second-factor/app/",
        "second-factor/app/remove/",
        "second-factor/passkeys/",
        "second-factor/passkeys/add/",
        "second-factor/codes/new/",
    ],
)
def test_every_page_is_one_of_ours(client, staff, path):
    tess = staff("tess")
    app = give_app(tess)
    sign_in(client, tess)
    client.post("/account/sign-in/code/", {"code": code_of_app()})
    if path == "second-factor/app/":
        app.delete()
    page = client.get(f"/account/{path}")
    assert page.status_code == 200
    assert b"govuk-heading-l" in page.content
    assert b"<script>" not in page.content


def test_nothing_is_ever_sent_by_e_mail(browser, clock, mailoutbox, as_):
    client = browser("tess")
    client.post("/account/password/", {"old": PASSWORD, "new": "four even duller spoons"})
    client.get("/account/second-factor/app/")
    client.post("/account/second-factor/app/", {"code": "000000"})
    assert len(on_the_record(as_, "user.change-password")) == 1
    assert mailoutbox == []


def test_recovery_codes_are_shown_once(client, staff):
    tess = staff("tess")
    give_app(tess)
    sign_in(client, tess)
    client.post("/account/sign-in/code/", {"code": code_of_app()})
    page = client.post("/account/second-factor/codes/new/", follow=True)
    assert len(page.context["unused_codes"]) == 10
    assert page.context["can_view_codes"]
    again = client.get("/account/second-factor/codes/").content.decode()
    assert page.context["unused_codes"][0] not in again
