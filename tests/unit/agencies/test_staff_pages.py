"""The list of staff: who gets to it, what each page does, and what the record says of it."""

import re
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.test import Client
from django.urls import reverse

from onestory.agencies.models import Membership, Team, User
from onestory.agencies.roles import ROLES
from synthetic.world import STAFF
from tests.signing_in import (
    PASSWORD,
    browser,
    give_app,
    is_in,
    on_the_record,
    sign_in,
    staff,
)

__all__ = ["browser", "staff"]

pytestmark = pytest.mark.django_db

FOR_ADMINISTRATORS = [
    "staff",
    "invite",
    "member",
    "change",
    "invitation",
    "add-role",
    "shut-out",
    "let-in",
    "unlock",
    "reset",
]


def address(page: str, user: User) -> str:
    return reverse(f"agencies:{page}", args=[] if page in {"staff", "invite"} else [user.pk])


@pytest.fixture
def adam(browser):
    return browser("adam")


@pytest.fixture
def tess(world):
    return world.user("tess")


def post(client, page: str, user: User, **typed):
    return client.post(address(page, user), typed)


# Who gets there


@pytest.mark.parametrize("name", ["olu", "petra", "tess", "mina", "gwen"])
def test_for_every_other_role_these_pages_do_not_exist(browser, world, name):
    client = browser(name)
    nell = world.user("nell")
    membership = nell.memberships.get()
    pages = [address(page, nell) for page in FOR_ADMINISTRATORS]
    pages.append(reverse("agencies:end-role", args=[nell.pk, membership.pk]))
    for page in pages:
        assert client.get(page).status_code == 404, page
        assert client.post(page).status_code == 404, page


@pytest.mark.parametrize("page", FOR_ADMINISTRATORS)
def test_an_administrator_gets_to_every_one(adam, tess, page):
    assert adam.get(address(page, tess)).status_code == 200


def test_nobody_gets_there_without_signing_in(client, tess):
    for page in FOR_ADMINISTRATORS:
        assert client.get(address(page, tess)).url.startswith("/account/sign-in/")


@pytest.mark.parametrize("name", ["olu", "gwen", "adam"])
def test_everybody_can_read_what_each_role_may_do(browser, name):
    page = browser(name).get("/staff/roles/").content.decode()
    for role in ROLES.values():
        assert role.name in page
    assert "Grade and decide contacts" in page


def test_nobody_is_found_under_a_made_up_number(adam):
    assert adam.get(f"/staff/{uuid4()}/").status_code == 404


def test_the_system_itself_is_not_on_the_list(adam):
    system = User.objects.get(is_system=True)
    assert adam.get(f"/staff/{system.pk}/").status_code == 404
    assert system.name not in [p.name for p in adam.get("/staff/").context["page"].people]


# The list


def test_the_list_is_in_the_order_of_names(adam):
    names = [person.name for person in adam.get("/staff/").context["page"].people]
    assert names == sorted(full_name for full_name, *_ in STAFF.values())


def test_a_long_list_comes_a_page_at_a_time(adam, monkeypatch):
    monkeypatch.setattr("onestory.agencies.queries.accounts.PAGE", 4)
    seen, url = [], "/staff/"
    while url:
        page = adam.get(url).context["page"]
        seen += [person.name for person in page.people]
        url = f"/staff/?after={page.next_after}" if page.next_after else ""
    assert seen == sorted(full_name for full_name, *_ in STAFF.values())


def test_the_list_takes_as_many_queries_for_fifty_as_for_one(
    adam, monkeypatch, django_assert_max_num_queries
):
    adam.get("/staff/")  # what is asked once for each process
    for size in (1, 50):
        monkeypatch.setattr("onestory.agencies.queries.accounts.PAGE", size)
        with django_assert_max_num_queries(12):
            adam.get("/staff/")


@pytest.mark.parametrize(
    ("words", "found"),
    [("marl", ["Tess Marlow"]), ("TESS@", ["Tess Marlow"]), ("low te", ["Tess Marlow"]), ("%", [])],
)
def test_finding_somebody(adam, words, found):
    page = adam.post("/staff/", {"words": words})
    assert [person.name for person in page.context["page"].people] == found


def test_a_page_that_begins_after_nonsense_does_not_exist(adam):
    assert adam.get("/staff/?after=nonsense").status_code == 404


# Inviting


def invite(client, **more):
    team = Team.objects.get(code="mash")
    typed = {"name": "Zoë Hall", "email": "Zoe@Example.org", "team": team.pk, "role": "officer"}
    return client.post("/staff/invite/", typed | more, follow=True)


def link_of(page) -> str:
    return re.search(r"/account/welcome/[^<\s]+", page.content.decode())[0]


def test_an_invitation_leads_to_a_password_and_in(adam, as_):
    page = invite(adam)
    link = link_of(page)
    zoe = User.objects.get(email="zoe@example.org")
    assert zoe.memberships.get().role == "officer"
    newcomer = Client()
    page = newcomer.get(link, follow=True)
    assert link.split("/")[-2] not in page.redirect_chain[-1][0]
    newcomer.post(page.redirect_chain[-1][0], {"new": PASSWORD})
    sign_in(newcomer, zoe)
    assert is_in(newcomer)
    for verb in ("user.add", "membership.add", "user.choose-password"):
        assert on_the_record(as_, verb)[-1].subject == f"user:{zoe.pk}"


def test_a_link_is_shown_once(adam):
    invite(adam)
    zoe = User.objects.get(email="zoe@example.org")
    again = adam.get(f"/staff/{zoe.pk}/invitation/")
    assert "/account/welcome/" not in again.content.decode()


def test_a_link_works_once(adam):
    link = link_of(invite(adam))
    newcomer = Client()
    form = newcomer.get(link).url
    newcomer.post(form, {"new": PASSWORD})
    assert b"does not work any more" in Client().get(link).content
    assert b"does not work any more" in newcomer.post(form, {"new": "another " + PASSWORD}).content


def test_a_link_works_for_three_days(adam, monkeypatch):
    link = link_of(invite(adam))
    for hours, says in ((71, b"Choose a password"), (73, b"does not work any more")):
        then = datetime.now() + timedelta(hours=hours)
        monkeypatch.setattr(PasswordResetTokenGenerator, "_now", lambda self, then=then: then)
        assert says in Client().get(link, follow=True).content


def test_a_new_link_ends_the_old_one_the_password_and_the_sessions(adam, staff):
    nell = staff("nell")
    hers = Client()
    sign_in(hers, nell)
    old = link_of(adam.post(f"/staff/{nell.pk}/invitation/", follow=True))
    new = link_of(adam.post(f"/staff/{nell.pk}/invitation/", follow=True))
    assert not is_in(hers)
    sign_in(hers, nell)
    assert not is_in(hers)
    assert b"does not work any more" in Client().get(old).content
    assert b"Choose a password" in Client().get(new, follow=True).content


def test_a_weak_password_is_refused(adam):
    link = link_of(invite(adam))
    newcomer = Client()
    form = newcomer.get(link).url
    for weak in ("short", "zoe@example.org"):
        assert newcomer.post(form, {"new": weak}).status_code == 200


def test_an_address_that_is_taken_is_refused_and_what_was_typed_stays(adam):
    page = invite(adam, email="TESS@example.org").content.decode()
    assert "is there already" in page
    assert "Zoë Hall" in page


# Roles


def test_giving_and_ending_a_role(adam, tess, as_):
    mash = Team.objects.get(code="mash")
    post(adam, "add-role", tess, team=mash.pk, role="officer")
    held = Membership.objects.get(user=tess, team=mash)
    assert on_the_record(as_, "membership.add")[-1].detail == {"team": "mash", "role": "officer"}
    page = adam.post(f"/staff/{tess.pk}/role/{held.pk}/end/", {"when": "now"})
    assert "began today" in page.content.decode()
    adam.post(f"/staff/{tess.pk}/role/{held.pk}/end/", {"when": "today"})
    held.refresh_from_db()
    assert held.ends_on == held.starts_on


@pytest.mark.parametrize("role", [role for role in ROLES if role != "survivor"])
def test_nobody_gives_themselves_a_role(adam, world, role):
    mash = Team.objects.get(code="mash")
    page = post(adam, "add-role", world.user("adam"), team=mash.pk, role=role)
    assert "nobody does this for themselves" in page.content.decode()
    assert world.user("adam").memberships.count() == 1


@pytest.mark.parametrize(
    ("page", "typed"),
    [
        ("change", {"name": "Adam", "email": "a@example.org"}),
        ("shut-out", {"reason": "left"}),
        ("reset", {"reason": "lost"}),
        ("unlock", {}),
        ("invitation", {}),
    ],
)
def test_nobody_changes_their_own_account_as_an_administrator(adam, world, page, typed):
    answer = adam.post(address(page, world.user("adam")), typed, follow=True)
    assert "nobody does this for themselves" in answer.content.decode()


# Accounts


def test_shutting_out_and_letting_in(adam, tess, as_):
    post(adam, "shut-out", tess, reason="left")
    tess.refresh_from_db()
    assert not tess.is_active
    assert on_the_record(as_, "user.deactivate")[-1].detail == {"reason": "left"}
    post(adam, "let-in", tess, reason="back")
    tess.refresh_from_db()
    assert tess.is_active


def test_a_grave_thing_needs_a_reason(adam, tess):
    give_app(tess)
    for page in ("shut-out", "reset"):
        assert "Select the reason" in post(adam, page, tess).content.decode()
    tess.refresh_from_db()
    assert tess.is_active


def test_resetting_a_second_factor(adam, tess, as_):
    page = post(adam, "reset", tess, reason="lost").content.decode()
    assert "has no second factor" in page
    give_app(tess)
    post(adam, "reset", tess, reason="lost")
    assert on_the_record(as_, "user.reset-second-factor")[-1].detail == {
        "reason": "lost",
        "kinds": ["recovery_codes", "totp"],
    }


def test_unlocking(adam, staff):
    tess = staff("tess")
    locked = Client()
    for _ in range(10):
        sign_in(locked, tess, "wrong")
    assert "Locked out" in adam.get(address("member", tess)).content.decode()
    post(adam, "unlock", tess)
    assert "Locked out" not in adam.get(address("member", tess)).content.decode()
    sign_in(locked, tess)
    assert is_in(locked)


def test_changing_a_name_and_an_address(adam, tess, as_):
    post(adam, "change", tess, name="Tess Marlow-Reed", email="Tess.Reed@example.org")
    tess.refresh_from_db()
    assert (tess.name, tess.email) == ("Tess Marlow-Reed", "tess.reed@example.org")
    assert on_the_record(as_, "user.change")[-1].detail == {"changed": ["email", "name"]}
