"""Sessions: when they lock, what is kept meanwhile and for whom, and what ends them."""

from io import BytesIO

import pytest
from django.test import Client

from onestory.agencies import actions
from onestory.agencies.models import Session
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


# Quiet sessions


def test_a_quiet_session_locks_and_nobody_is_in_it(browser, clock):
    client = browser("tess")
    clock.pass_by(minutes=32)
    answer = client.get("/account/")
    assert answer.url == "/account/sign-in/again/?next=%2Faccount%2F"
    assert client.get("/account/session/").json() == {"locked": True}
    page = client.get(answer.url).content.decode()
    assert "Tess Marlow" in page
    assert "Your account" not in page


def test_the_same_person_carries_on_where_they_were(browser, clock, as_):
    client = browser("tess")
    clock.pass_by(minutes=32)
    again = client.get("/account/").url
    assert b"password is not right" in client.post(again, {"password": "wrong"}).content
    assert client.post(again, {"password": PASSWORD, "next": "/account/"}).url == "/account/"
    assert is_in(client)
    assert on_the_record(as_, "sign-in.confirm")[0].detail == {"how": "password"}


def test_a_code_is_enough_to_carry_on(client, staff, clock):
    tess = staff("tess")
    give_app(tess)
    sign_in(client, tess)
    client.post("/account/sign-in/code/", {"code": code_of_app()})
    clock.pass_by(minutes=32)
    client.get("/account/")
    client.post("/account/sign-in/again/", {"code": code_of_app()})
    assert is_in(client)


def test_doing_something_keeps_a_session_open(browser, clock):
    client = browser("tess")
    for _ in range(5):
        clock.pass_by(minutes=20)
        assert is_in(client)


def test_what_a_page_does_by_itself_does_not_keep_it_open(browser, clock):
    client = browser("tess")
    for _ in range(4):
        clock.pass_by(minutes=10)
        client.get("/account/session/", headers={"x-background": "1"})
    assert not is_in(client)


def test_what_was_sent_is_kept_and_can_be_sent(browser, clock, staff, world):
    client = browser("adam")
    clock.pass_by(minutes=32)
    typed = {"name": "Zoë Hall", "email": "zoe@example.org", "team": "", "role": ["officer"]}
    again = client.post("/staff/invite/", typed).url
    assert again == "/account/sign-in/again/?next=%2Faccount%2Fcarry-on%2F"
    client.get(again)
    answer = client.post(again, {"password": PASSWORD, "next": "/account/carry-on/"})
    page = client.get(answer.url)
    assert dict(page.context["parked"].fields) == {**typed, "role": "officer"}
    assert page.context["parked"].path == "/staff/invite/"
    # It is sent again by the button on that page, and then it is gone.
    page = client.post("/staff/invite/", typed)
    assert "Zoë Hall" in page.content.decode()
    assert client.get("/account/carry-on/").url == "/"


def test_what_is_kept_cannot_be_read_in_the_database(browser, clock):
    client = browser("adam")
    clock.pass_by(minutes=32)
    client.post("/staff/invite/", {"name": "Zoë Hall", "email": "zoe@example.org"})
    assert "Zoë" not in str(dict(client.session))
    assert "zoe@" not in str(dict(client.session))


def test_passwords_are_not_kept(browser, clock):
    client = browser("adam")
    clock.pass_by(minutes=32)
    answer = client.post("/account/password/", {"old": PASSWORD, "new": "four duller spoons"})
    assert answer.url == "/account/sign-in/again/?next=%2Faccount%2Fpassword%2F"
    assert "parked" not in client.session


def test_files_are_not_kept(browser, clock):
    client = browser("adam")
    clock.pass_by(minutes=32)
    answer = client.post("/staff/invite/", {"name": "Zoë", "file": BytesIO(b"a list")})
    assert answer.url == "/account/sign-in/again/?next=%2Fstaff%2Finvite%2F"
    assert "parked" not in client.session


def test_more_than_anybody_types_is_not_kept(browser, clock):
    client = browser("adam")
    clock.pass_by(minutes=32)
    client.post("/staff/invite/", {"name": "x" * 300_000})
    assert "parked" not in client.session


def test_what_is_kept_is_not_kept_for_long(browser, clock, world):
    client = browser("adam")
    clock.pass_by(minutes=32)
    again = client.post("/staff/invite/", {"name": "Zoë"}).url
    clock.pass_by(minutes=61)
    client.post(again, {"password": PASSWORD})
    assert client.get("/account/carry-on/").url == "/"
    assert "parked" not in client.session


def test_another_person_finds_nothing_of_it(browser, clock, staff):
    client = browser("adam")
    clock.pass_by(minutes=32)
    client.post("/staff/invite/", {"name": "Zoë Hall", "email": "zoe@example.org"})
    sign_in(client, staff("tess"))
    assert is_in(client)
    assert client.get("/account/carry-on/").url == "/"
    assert "parked" not in client.session


def test_a_colleagues_password_does_not_unlock(browser, clock, staff):
    client = browser("adam")
    tess = staff("tess")
    tess.set_password("another three words")
    tess.save()
    clock.pass_by(minutes=32)
    client.get("/account/")
    client.post("/account/sign-in/again/", {"password": "another three words"})
    assert not is_in(client)


def test_signing_out_of_a_locked_session_leaves_nothing(browser, clock):
    client = browser("adam")
    clock.pass_by(minutes=32)
    client.post("/staff/invite/", {"name": "Zoë Hall"})
    client.post("/account/sign-out/")
    assert not {"parked", "_auth_user_id"} & set(client.session.keys())


def test_after_twelve_hours_one_signs_in_afresh_and_finds_what_was_sent(browser, clock, world):
    client = browser("adam")
    for _ in range(36):
        clock.pass_by(minutes=20, seconds=10)
        client.get("/account/session/")
    answer = client.post("/staff/invite/", {"name": "Zoë Hall"})
    assert answer.url == "/account/sign-in/?next=%2Faccount%2Fcarry-on%2F"
    assert client.get("/account/sign-in/again/").url == "/account/sign-in/"
    adam = world.user("adam")
    assert sign_in(client, adam, next="/account/carry-on/").url == "/account/carry-on/"
    page = client.get("/account/carry-on/")
    assert page.context["parked"].fields == [("name", "Zoë Hall")]


def test_after_twelve_hours_another_person_finds_nothing(browser, clock, staff):
    client = browser("adam")
    for _ in range(36):
        clock.pass_by(minutes=20, seconds=10)
        client.get("/account/session/")
    client.post("/staff/invite/", {"name": "Zoë Hall"})
    sign_in(client, staff("tess"))
    assert client.get("/account/carry-on/").url == "/"
    assert "parked" not in client.session


def test_a_draft_that_comes_too_late_is_told_so_and_not_kept(browser, clock):
    client = browser("adam")
    clock.pass_by(minutes=32)
    answer = client.post("/staff/invite/", {"name": "Zoë"}, headers={"x-draft": "1"})
    assert answer.status_code == 401
    assert "parked" not in client.session


def test_what_is_sent_from_elsewhere_is_not_kept(browser, clock):
    browser("adam")
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = browser("adam").cookies
    clock.pass_by(minutes=32)
    assert strict.post("/staff/invite/", {"name": "Zoë"}).status_code == 403
    assert "parked" not in strict.session


# Ending it


def test_a_deactivated_person_is_out_at_once(browser, as_, world):
    client = browser("tess")
    assert is_in(client)
    with as_("adam") as by:
        actions.set_active(by=by, user_id=world.users["tess"], active=False, reason="left")
    assert not is_in(client)


def test_a_role_acts_at_once(browser, as_, world):
    client = browser("tess")
    assert client.get("/staff/").status_code == 404
    tess = world.user("tess")
    with as_("adam") as by:
        team = tess.memberships.get().team
        membership = tess.memberships.get()
        membership.starts_on = "2020-01-01"
    with as_("adam") as by:
        actions.end_membership(by=by, membership_id=membership.pk)
        actions.add_membership(by=by, user=tess, team=team, role="administrator")
    assert client.get("/staff/").status_code == 200


def test_signing_out_everywhere_else(client, staff):
    tess = staff("tess")
    other = Client()
    sign_in(client, tess)
    sign_in(other, tess)
    assert Session.objects.filter(user=tess).count() == 2
    client.post("/account/sessions/end/")
    assert is_in(client)
    assert not is_in(other)


def test_a_new_password_ends_the_other_sessions(client, staff):
    tess = staff("tess")
    other = Client()
    sign_in(client, tess)
    sign_in(other, tess)
    client.post("/account/password/", {"old": PASSWORD, "new": "four even duller spoons"})
    assert is_in(client)
    assert not is_in(other)
    fresh = Client()
    sign_in(fresh, tess, "four even duller spoons")
    assert is_in(fresh)
