"""Invitations, ways in, and staying in: who comes into own pages, and who does not."""

import pytest
from django.http import Http404
from django.test import Client

from onestory.access.models import Entry
from onestory.agencies.roles import OWN_PAGES_TEAM
from onestory.kernel.errors import Refused
from onestory.people import actions as people
from onestory.people.actions import Facts
from onestory.people.models import Identity, MatchNotice, SafeContact
from onestory.portal import actions
from onestory.portal.models import Invitation, OwnPages
from tests.access.held import as_admin
from tests.own_pages import (
    NUMBER,
    come_in,
    invite,
    is_in,
    make_codes,
    quick_numbers,
    redeem,
    user_of,
)
from tests.signing_in import clock, sign_in, staff

__all__ = ["clock", "quick_numbers", "staff"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_numbers")]


@pytest.fixture
def meera(world):
    return world.id("meera")


@pytest.fixture
def inside(as_, meera):
    """A browser in which Meera is on her own pages; `inside.codes` are those of her list."""
    client = Client()
    redeem(client, invite(as_, meera))
    client.codes = make_codes(client)
    return client


# Invitations


def test_an_invitation_opens_once(as_, meera, client):
    code = invite(as_, meera)
    assert redeem(client, code.lower().replace("-", " "), " Blue KETTLE!").url == "/n/e/"
    other = Client()
    assert b"not right" in redeem(other, code).content
    assert not is_in(other)


def test_an_invitation_forwarded_does_not_open_without_the_word(as_, meera, client):
    code = invite(as_, meera)
    for _ in range(5):
        assert b"not right" in redeem(client, code, "kettle").content
    # Not even with the right one now; and her worker sees that somebody has tried.
    assert b"not right" in redeem(client, code).content
    with as_("ida"):
        assert Invitation.objects.get().wrong_tries == 5
    with as_("gwen"):
        assert Entry.objects.filter(verb="own-pages.wrong").count() == 6


def test_an_invitation_has_a_short_life(as_, meera, client, clock, world):
    code = invite(as_, meera)
    with as_admin() as admin:
        # The database keeps its own clock.
        lasts = admin.execute("SELECT interval '24 hours'").fetchone()[0]
    assert lasts == actions.LASTS
    with as_("ida"):
        row = Invitation.objects.get()
        assert row.expires_at - row.recorded_at <= actions.LASTS
    assert redeem(client, code).status_code == 302


def test_a_new_invitation_ends_the_one_before(as_, meera, client):
    first, second = invite(as_, meera), invite(as_, meera)
    assert b"not right" in redeem(client, first).content
    assert redeem(client, second).status_code == 302
    with as_("ida"):
        assert OwnPages.objects.count() == 1


def test_an_invitation_is_taken_back(as_, meera, client):
    code = invite(as_, meera)
    with as_("ida") as ida:
        actions.revoke(by=ida, invitation_id=Invitation.objects.get().pk)
    assert b"not right" in redeem(client, code).content


def test_neither_code_nor_word_can_be_read_in_the_database(as_, meera):
    code = invite(as_, meera)
    with as_("ida"):
        row = Invitation.objects.get()
        assert code not in row.code and "kettle" not in row.word
        assert len({row.code, row.word}) == 2


def test_who_may_invite(as_, meera):
    """Somebody of a team that holds her: no officer, no guardian, no other team."""
    said = {"person_id": meera, "how": "in-person", "word": "green lantern"}
    for name, no in (("olu", Refused), ("gwen", Refused), ("adam", Refused), ("nora", Http404)):
        with as_(name) as by, pytest.raises(no):
            team = by.hats[0].team_id
            actions.invite(by=by, team_id=team, **said)


@pytest.mark.parametrize("word", ["Meera", "me", "30091994", "September 1994", "Solanki"])
def test_a_word_that_he_would_know_is_refused(as_, meera, word):
    with pytest.raises(Refused):
        invite(as_, meera, word=word)


def test_by_telephone_only_where_a_call_is_safe_now(as_, meera):
    with pytest.raises(Refused, match="Nobody has recorded"):
        invite(as_, meera, how="by-phone")
    for said, allowed in (({"when_safe": "When he is out"}, False), ({}, True)):
        with as_("ida") as ida:
            now = SafeContact.objects.filter(person_id=meera, superseded_at=None).first()
            safe = {"safe_to_call": "yes", "when_safe": "At any time", "must_not_know": "Derek"}
            people.set_safe_contact(
                by=ida, person_id=meera, seen_id=now and now.pk, **(safe | said)
            )
            people.add_phone(by=ida, person_id=meera, number="+447700900555", safe="yes")
        if allowed:
            assert invite(as_, meera, how="by-phone")
        else:
            with pytest.raises(Refused, match="Do not ring her now"):
                invite(as_, meera, how="by-phone")


def test_a_child_has_pages_from_13_on_if_somebody_judged_that_she_understands(as_, world):
    with as_("ida") as ida:
        made = [
            people.add_person(
                by=ida, team_id=ida.home_team_id, facts=Facts("Anna", birth_year=year)
            ).pk
            for year in (2016, 2011)
        ]
    with pytest.raises(Refused, match="from 13"):
        invite(as_, made[0], judged="She understands.")
    with pytest.raises(Refused, match="how you judged"):
        invite(as_, made[1])
    assert invite(as_, made[1], judged="She told me what it means, in her own words.")


# Coming in and staying in


def test_without_a_way_to_come_back_there_is_only_the_page_that_makes_one(as_, meera, client):
    redeem(client, invite(as_, meera))
    assert client.get("/n/").url == client.get("/n/w/").url == "/n/e/"
    assert make_codes(client)
    assert is_in(client)


def test_a_code_works_once_and_only_with_the_number(inside):
    code, other = inside.codes[:2]
    client = Client()
    assert b"not right" in come_in(client, code, "111222").content
    assert come_in(client, code).url == "/n/"
    assert is_in(client)
    assert b"not right" in come_in(Client(), code).content
    for _ in range(5):
        come_in(Client(), other, "111222")
    assert b"not right" in come_in(Client(), other).content


def test_a_number_that_is_easy_to_guess_is_refused(as_, meera, client):
    redeem(client, invite(as_, meera))
    for number in ("111111", "123456", "654321", "300994", "12345", "abcdef"):
        page = client.post("/n/e/2/", {"number": number, "again": number})
        assert b"error-summary" in page.content, number


def test_the_page_covers_itself_and_she_goes_on_with_her_number(inside, clock):
    clock.pass_by(minutes=7)
    assert inside.get("/n/w/").url == "/n/b/?next=%2Fn%2Fw%2F"
    page = inside.post("/n/b/", {"number": "000000", "next": "/n/w/"})
    assert b"not right" in page.content
    assert inside.post("/n/b/", {"number": NUMBER, "next": "/n/w/"}).url == "/n/w/"
    assert inside.get("/n/w/").status_code == 200


def test_what_covers_itself_is_locked_from_that_second_on(inside, clock):
    """The page keeps five minutes by its own clock: who then asks for it must be asked who they are."""
    clock.pass_by(minutes=4, seconds=50)
    assert is_in(inside)
    clock.pass_by(minutes=4, seconds=50)
    assert inside.get("/n/s/", headers={"X-Background": "1"}).json()["seconds"] <= 10
    clock.pass_by(seconds=11)
    assert inside.get("/n/s/", headers={"X-Background": "1"}).json()["locked"]
    assert inside.get("/n/w/").url.startswith("/n/b/")


def test_what_she_sent_when_it_was_covered_is_not_lost(inside, clock):
    clock.pass_by(minutes=7)
    answer = inside.post("/n/k/1/", {"given_name": "Mira", "seen": ""})
    assert answer.url == "/n/b/?next=%2Fn%2Fg%2F"
    assert inside.post("/n/b/", {"number": NUMBER, "next": "/n/g/"}).url == "/n/g/"
    page = inside.get("/n/g/").content.decode()
    assert "Mira" in page and 'action="/n/k/1/"' in page and "OneStory" not in page


def test_after_an_hour_she_signs_in_afresh(inside, clock):
    for _ in range(13):
        clock.pass_by(minutes=4)
        assert is_in(inside)
    clock.pass_by(minutes=4)
    inside.get("/n/")
    clock.pass_by(minutes=5)
    assert inside.get("/n/").url.startswith("/n/i/")


def test_leaving_ends_the_session_at_once(inside):
    answer = inside.get("/n/x/")
    assert answer.status_code == 302 and answer.headers["Referrer-Policy"] == "no-referrer"
    assert not is_in(inside)


@pytest.mark.parametrize("who", ["ida", "herself"])
def test_a_telephone_is_lost(as_, inside, meera, who):
    """Every way in closes at once, and a new invitation leads to the same pages."""
    if who == "ida":
        with as_("ida") as ida:
            actions.end_ways_in(by=ida, person_id=meera)
    else:
        assert inside.post("/n/e/3/").url == "/n/i/"
    assert not is_in(inside)
    assert b"not right" in come_in(Client(), inside.codes[0]).content
    again = Client()
    redeem(again, invite(as_, meera))
    assert make_codes(again) and is_in(again)


def test_she_does_not_come_in_by_the_door_of_staff(inside, as_, meera, client):
    user = user_of(as_, meera)
    sign_in(client, user, NUMBER)
    assert client.get("/account/").status_code == 302
    assert not is_in(client)


def test_a_member_of_staff_who_is_also_a_survivor_has_two_accounts_that_nothing_joins(
    as_, world, staff, inside
):
    """Petra's colleagues never see that she is one; her own account opens nothing of her pages."""
    with as_("ida") as ida:
        petra = people.add_person(
            by=ida, team_id=ida.home_team_id, facts=Facts("Petra", "Lang", birth_year=1985)
        ).pk
    hers = Client()
    redeem(hers, invite(as_, petra))
    make_codes(hers)
    at_work = Client()
    sign_in(at_work, staff("petra"))
    assert hers.get("/n/k/").status_code == 200
    assert at_work.get("/n/k/").status_code == 404
    assert at_work.get(f"/people/{petra}/").status_code == 404
    # On one telephone, one after the other: nothing of the one session is left in the other.
    hers.get("/n/x/")
    sign_in(hers, staff("petra"))
    assert hers.get("/n/k/").status_code == 404


def test_nobody_is_told_of_her_pages_by_a_likely_match(as_, world, inside, meera):
    """Another team holds a record that may be hers. What she corrects tells them nothing."""
    with as_("petra") as petra:
        people.add_person(
            by=petra,
            team_id=petra.home_team_id,
            facts=Facts("Mira", "Solanki", born_on=world_birthday(as_, meera)),
        )
    with as_("ida"):
        now = Identity.objects.get(person_id=meera, superseded_at=None)
        before = MatchNotice.objects.count()
    inside.post(
        "/n/k/1/",
        {
            "seen": str(now.pk),
            "given_name": "Mira",
            "family_name": "Solanki",
            "other_names": "",
            "born_on-day": "30",
            "born_on-month": "9",
            "born_on-year": "1994",
        },
    )
    with as_("petra"):
        assert not MatchNotice.objects.filter(other_team=OWN_PAGES_TEAM).exists()
    with as_("ida"):
        assert Identity.objects.get(person_id=meera, superseded_at=None).given_name == "Mira"
        assert MatchNotice.objects.count() == before


def world_birthday(as_, person_id):
    with as_("ida"):
        return Identity.objects.get(person_id=person_id, superseded_at=None).born_on
