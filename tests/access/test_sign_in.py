"""Who gets in, and who stays in: signing in, being locked out, second factors, quiet sessions."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client

from onestory.agencies import actions
from onestory.agencies.adapter import NOT_RIGHT
from onestory.agencies.models import Membership, SignInTries
from tests.signing_in import (
    PASSWORD,
    browser,
    clock,
    code_of_app,
    give_app,
    is_in,
    on_the_record,
    recovery_codes,
    sign_in,
    staff,
)

__all__ = ["browser", "clock", "staff"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def real_use(settings):
    """Not a demonstration: a second factor is demanded."""
    settings.DEMO = False


# Signing in and out


def test_signing_in_and_out(client, staff, as_):
    tess = staff("tess")
    assert client.get("/account/").url == "/account/sign-in/?next=/account/"
    assert sign_in(client, tess, next="/account/").url == "/account/"
    assert is_in(client)
    assert client.post("/account/sign-out/").url == "/account/sign-in/"
    assert not is_in(client)
    (came,) = on_the_record(as_, "sign-in")
    assert (came.subject, came.detail) == (f"user:{tess.pk}", {"how": ["password"]})
    (left,) = on_the_record(as_, "sign-out")
    assert left.actor_id == tess.pk


def test_the_session_has_a_new_key_after_signing_in(client, staff):
    client.get("/account/sign-in/")
    session = client.session
    session["before"] = True
    session.save()
    before = session.session_key
    client.cookies["session"] = before
    sign_in(client, staff("tess"))
    assert client.session.session_key != before


def test_nothing_but_two_random_words_is_kept_in_the_browser(browser):
    client = browser("tess")
    client.get("/account/")
    assert set(client.cookies) <= {"session", "csrftoken"}
    assert client.cookies["session"]["httponly"]


@pytest.mark.parametrize("email", ["nobody@example.org", "tess@example.org", "shut@example.org"])
def test_the_answer_to_a_wrong_sign_in_is_always_the_same(client, staff, world, email):
    staff("tess")
    cass = staff("cass")
    cass.email, cass.is_active = "shut@example.org", False
    cass.save()
    # For the deactivated the password is even right.
    password = PASSWORD if email == cass.email else "not this one, surely"
    page = client.post("/account/sign-in/", {"login": email, "password": password})
    assert NOT_RIGHT in page.content.decode()
    assert not is_in(client)


@pytest.mark.parametrize("email", ["nobody@example.org", "tess@example.org", "cass@example.org"])
def test_the_answer_takes_as_long_whoever_it_is(client, staff, email, monkeypatch):
    """It is the hashing that takes time: it is done once, whether or not there is anybody."""
    staff("tess")
    cass = staff("cass")
    cass.is_active = False
    cass.save()
    hashed = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher, "encode", lambda *args: hashed.append(1) or encode(*args)
    )
    client.post("/account/sign-in/", {"login": email, "password": "not this one, surely"})
    assert len(hashed) == 1


def test_a_wrong_sign_in_goes_on_the_record_without_the_address(client, staff, as_):
    tess = staff("tess")
    sign_in(client, tess, "wrong")
    client.post("/account/sign-in/", {"login": "nobody@example.org", "password": "wrong"})
    known, unknown = on_the_record(as_, "sign-in.failed")
    assert (known.subject, unknown.subject) == (f"user:{tess.pk}", "")
    assert known.detail == unknown.detail == {"how": "password"}


# Lock-out


@pytest.mark.parametrize("email", ["nobody@example.org", "tess@example.org"])
def test_ten_failures_lock_an_address_whether_or_not_somebody_has_it(client, staff, clock, email):
    staff("tess")
    for _ in range(10):
        page = client.post("/account/sign-in/", {"login": email, "password": "wrong"})
        assert NOT_RIGHT in page.content.decode()
    page = client.post("/account/sign-in/", {"login": email, "password": PASSWORD})
    assert "too many tries" in page.content.decode()
    assert not is_in(client)


def test_a_lock_ends_after_a_quarter_of_an_hour(client, staff, clock, as_):
    tess = staff("tess")
    for _ in range(10):
        sign_in(client, tess, "wrong")
    clock.pass_by(minutes=14)
    sign_in(client, tess)
    assert not is_in(client)
    clock.pass_by(minutes=2)
    sign_in(client, tess)
    assert is_in(client)
    assert len(on_the_record(as_, "sign-in.locked")) == 1


def test_failures_that_are_long_ago_do_not_count(client, staff, clock):
    tess = staff("tess")
    for _ in range(4):
        for _ in range(5):
            sign_in(client, tess, "wrong")
        clock.pass_by(minutes=6)
    sign_in(client, tess)
    assert is_in(client)


def test_the_right_password_alone_does_not_set_the_count_back(client, staff):
    """Or whoever knows it could guess codes for ever."""
    tess = staff("tess")
    give_app(tess)
    for _ in range(5):
        sign_in(client, tess)
        page = client.post("/account/sign-in/code/", {"code": "000000"})
        client.post("/account/sign-out/")
        sign_in(client, tess, "wrong")
    sign_in(client, tess)
    assert b"too many tries" in sign_in(client, tess).content
    assert page.status_code == 200


def test_an_administrator_unlocks(client, staff, as_):
    tess = staff("tess")
    for _ in range(10):
        sign_in(client, tess, "wrong")
    with as_("adam") as by:
        actions.unlock_user(by=by, user_id=tess.pk)
    sign_in(client, tess)
    assert is_in(client)


def test_no_address_is_kept_where_tries_are_counted(client):
    client.post("/account/sign-in/", {"login": "nobody@example.org", "password": "wrong"})
    (tries,) = SignInTries.objects.all()
    assert "nobody" not in tries.address


# Second factors


def test_without_a_second_factor_one_gets_no_further_than_setting_it_up(browser, real_use):
    client = browser("tess")
    for page in ("/account/", "/staff/roles/"):
        assert client.get(page).url == "/account/second-factor/"
    page = client.get("/account/second-factor/").content
    assert b"before you go on" in page
    assert b"govuk-service-navigation" not in page


def test_in_a_demonstration_no_second_factor_is_asked_for(browser):
    assert is_in(browser("tess"))


def test_setting_up_an_app(
    browser, staff, real_use, monkeypatch, django_capture_on_commit_callbacks
):
    client = browser("tess")
    client.get("/account/second-factor/app/")
    secret = client.session["mfa.totp.secret"]
    monkeypatch.setattr("tests.signing_in.SECRET", secret)
    page = client.post("/account/second-factor/app/", {"code": code_of_app()}, follow=True)
    assert page.context["can_view_codes"]
    assert is_in(client)
    app = Authenticator.objects.get(user=staff("tess"), type="totp")
    assert secret not in str(app.data)


def test_signing_in_with_a_code(client, staff, real_use, as_):
    tess = staff("tess")
    give_app(tess)
    assert sign_in(client, tess).url == "/account/sign-in/code/"
    assert not is_in(client)
    page = client.post("/account/sign-in/code/", {"code": "000000"})
    assert b"This code is not right" in page.content
    client.post("/account/sign-in/code/", {"code": code_of_app()})
    assert is_in(client)
    assert on_the_record(as_, "sign-in")[0].detail == {"how": ["password", "mfa"]}


def test_a_code_works_once(client, staff, clock):
    tess = staff("tess")
    give_app(tess)
    code = code_of_app()
    sign_in(client, tess)
    client.post("/account/sign-in/code/", {"code": code})
    assert is_in(client)
    other = Client()
    sign_in(other, tess)
    # Also when the memory of this process has forgotten it, and it still would be in time.
    clock.pass_by(seconds=31)
    other.post("/account/sign-in/code/", {"code": code})
    assert not is_in(other)
    other.post("/account/sign-in/code/", {"code": code_of_app()})
    assert is_in(other)


def test_a_recovery_code_works_once(client, staff):
    tess = staff("tess")
    give_app(tess)
    code = recovery_codes(tess)[0]
    sign_in(client, tess)
    client.post("/account/sign-in/code/", {"code": code})
    assert is_in(client)
    other = Client()
    sign_in(other, tess)
    other.post("/account/sign-in/code/", {"code": code})
    assert not is_in(other)


def test_wrong_codes_lock_out_too(client, staff):
    tess = staff("tess")
    give_app(tess)
    sign_in(client, tess)
    for _ in range(10):
        client.post("/account/sign-in/code/", {"code": "000000"})
    page = client.post("/account/sign-in/code/", {"code": code_of_app()})
    assert b"too many tries" in page.content
    assert not is_in(client)


def test_a_browser_can_ask_how_to_sign_in_with_a_passkey(client):
    answer = client.get("/account/sign-in/passkey/", headers={"accept": "application/json"})
    options = answer.json()["request_options"]["publicKey"]
    assert options["challenge"]
    assert options["userVerification"] == "required"


def test_a_passkey_that_is_none_is_refused(client):
    client.get("/account/sign-in/passkey/", headers={"accept": "application/json"})
    page = client.post("/account/sign-in/passkey/", {"credential": "{}"}, follow=True)
    assert b"This passkey did not work" in page.content
    assert not is_in(client)


def test_a_reset_second_factor_has_to_be_set_up_anew(client, staff, real_use, as_):
    tess = staff("tess")
    give_app(tess)
    sign_in(client, tess)
    client.post("/account/sign-in/code/", {"code": code_of_app()})
    assert is_in(client)
    with as_("adam") as by:
        actions.reset_second_factors(by=by, user_id=tess.pk, reason="lost")
    assert client.get("/account/").url.startswith("/account/sign-in/")
    sign_in(client, tess)
    assert client.get("/account/").url == "/account/second-factor/"


# No way in but these


@pytest.mark.parametrize(
    "path",
    [
        "/account/signup/",
        "/account/login/",
        "/account/email/",
        "/account/password/reset/",
        "/account/confirm-email/",
        "/account/3rdparty/",
        "/account/3rdparty/signup/",
        "/account/inactive/",
        "/account/reauthenticate/",
        "/account/2fa/",
        "/account/with/organisation/",
    ],
)
def test_no_other_page_of_the_sign_in_library_can_be_reached(client, path, db):
    assert client.get(path).status_code == 404


def test_a_sign_in_leads_nowhere_else(client, staff):
    assert sign_in(client, staff("tess"), next="https://elsewhere.example.org/").url == "/"


def test_an_ended_membership_does_not_come_back(as_, world):
    """Not even an administrator brings it back: what could be known when would change."""
    with as_("adam") as by:
        membership = world.user("ida").memberships.get()
        actions.end_membership(by=by, membership_id=membership.pk)
        Membership.objects.filter(pk=membership.pk).update(ends_on=None)
        assert Membership.objects.get(pk=membership.pk).ends_on is not None
