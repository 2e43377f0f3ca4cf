"""Own pages: she sees herself and nobody else, staff do not come in, and she does not see staff's."""

import re
from uuid import uuid4

import psycopg
import pytest
from django.http import Http404
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from onestory.access import queries as access
from onestory.access.models import Entry
from onestory.agencies import queries as agencies
from onestory.agencies.actions import add_membership
from onestory.agencies.models import Team
from onestory.agencies.roles import OWN_PAGES_TEAM
from onestory.kernel.errors import Refused
from onestory.people import actions as people
from onestory.people.actions import Facts
from onestory.people.models import Identity
from onestory.portal import actions
from onestory.portal.actions import KINDS
from onestory.portal.models import OwnPages
from tests.access.held import as_admin
from tests.access.raw import refused, rows
from tests.own_pages import (
    as_her,
    come_in,
    invite,
    make_codes,
    quick_numbers,
    redeem,
    user_of,
)
from tests.signing_in import clock, sign_in, staff

__all__ = ["clock", "quick_numbers", "staff"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_numbers")]
GRANT = (
    "INSERT INTO access_grant (id, envelope_id, team_id, user_id, may_write, may_share, purpose,"
    " basis, reason, starts_at, given_by_id, given_at, end_reason) VALUES (gen_random_uuid(), %s, %s,"
    " %s, false, %s, 'support', 'consent', '', now(), %s, now(), '')"
)
MEMBERSHIP = (
    "INSERT INTO agencies_membership (id, user_id, team_id, role, works_cases, starts_on)"
    " VALUES (gen_random_uuid(), %s, %s, %s, true, current_date)"
)


@pytest.fixture
def meera(world):
    return world.id("meera")


@pytest.fixture
def hers(as_, meera):
    """Meera's user, who has not come in yet."""
    invite(as_, meera)
    return user_of(as_, meera)


@pytest.fixture
def inside(as_, meera):
    """A browser in which Meera is on her own pages; `inside.codes` are those of her list."""
    client = Client()
    redeem(client, invite(as_, meera))
    client.codes = make_codes(client)
    return client


# What she sees


def test_she_sees_her_own_record_but_where_she_is_and_what_others_judge(hers, meera):
    with as_her(hers):
        assert {row[0] for row in rows("SELECT kind FROM access_envelope")} == set(KINDS)
        assert rows("SELECT id FROM people_person") == [(meera,)]
        assert rows("SELECT given_name FROM people_identity") == [("Meera",)]


def test_the_kinds_in_python_are_those_in_the_database(django_db_setup):
    with as_admin() as admin:
        assert admin.execute("SELECT portal_kinds()").fetchone()[0] == list(KINDS)


def test_two_people_on_their_own_pages_see_nothing_of_each_other(as_, world, hers):
    invite(as_, world.id("sara-stranger"), by="petra")
    other = user_of(as_, world.id("sara-stranger"), by="petra")
    for user, name in ((other, "Sara"), (hers, "Meera")):
        with as_her(user):
            assert rows("SELECT given_name FROM people_identity") == [(name,)]
            assert OwnPages.objects.get().user_id == user.pk


def test_what_is_begun_about_her_later_is_opened_when_she_comes_in(as_, world):
    """Ellie was recorded with her name alone. She is too young; her aunt is not."""
    with as_("ida") as ida:
        aunt = people.add_person(
            by=ida, team_id=ida.home_team_id, facts=Facts("Asha", "Rao", birth_year=1970), kinds=()
        ).pk
    client = Client()
    redeem(client, invite(as_, aunt))
    codes = make_codes(client)
    user = user_of(as_, aunt)
    with as_her(user):
        assert set(KINDS) == {row[0] for row in rows("SELECT kind FROM access_envelope")}
        before = rows("SELECT count(*) FROM access_grant")
    assert come_in(Client(), codes[0]).status_code == 302
    with as_her(user):
        assert rows("SELECT count(*) FROM access_grant") == before


def test_a_record_that_a_programme_keeps_of_her_is_not_opened(as_, world):
    with as_("nell") as nell, pytest.raises(Refused, match="cannot make own pages"):
        actions.invite(
            by=nell,
            person_id=world.id("derek-participant"),
            team_id=nell.home_team_id,
            how="in-person",
            word="green lantern",
        )


def test_who_knows_leaves_her_out_and_shows_her_who_opened_it(as_, hers, meera):
    with as_("ida") as ida:
        assert not [k for k in access.who_knows(ida, meera) if k.team.pk == OWN_PAGES_TEAM]
        assert Identity.objects.get(person_id=meera)
    with as_her(hers) as her:
        shown = access.shown_to_her(her, meera)
    assert {opening.team.code for opening in shown.openings} == {"idva"}
    assert {kind for knower in shown.knowers for kind in knower.kinds} > set(KINDS)


def test_her_readings_are_on_the_record(as_, inside, meera):
    inside.get("/n/k/")
    user = user_of(as_, meera)
    with as_("gwen"):
        read = Entry.objects.filter(actor_id=user.pk, verb="read").order_by("-id").first()
        assert read.subject == "portal:known"


# The team of the people themselves


class Floor:
    """As the owner of the tables could: Meera's pages, and a way to try statements."""

    def __init__(self, admin):
        self.admin = admin
        self.meera = self.one("SELECT person_id FROM people_identity WHERE given_name = 'Meera'")
        self.ida = self.one("SELECT id FROM agencies_user WHERE email = 'ida@example.org'")
        self.user = self.one(
            "INSERT INTO agencies_user (id, email, name, password, is_active, is_system, joined_at)"
            " VALUES (gen_random_uuid(), 'x@own-pages.invalid', '', '', true, false, now())"
            " RETURNING id"
        )
        self.act_as(self.ida)
        assert self.one("SELECT portal_open(%s, %s, %s)", uuid4(), self.meera, self.user)
        admin.execute("RESET ROLE")

    def one(self, statement, *params):
        return self.admin.execute(statement, params).fetchone()[0]

    def act_as(self, user):
        self.admin.execute("SET LOCAL ROLE onestory_app")
        self.admin.execute("SELECT set_config('onestory.actor', %s, true)", [str(user)])

    def envelope(self, kind, name="Meera"):
        return self.one(
            "SELECT e.id FROM access_envelope e JOIN people_identity i USING (person_id)"
            " WHERE i.given_name = %s AND e.kind = %s LIMIT 1",
            name,
            kind,
        )

    def stands(self, statement, *params) -> bool:
        try:
            with self.admin.transaction():
                self.admin.execute(statement, params)
                return True
        except psycopg.errors.InsufficientPrivilege:
            return False


@pytest.fixture
def floor(django_db_setup):
    with as_admin() as admin:
        yield Floor(admin)


def test_nobody_at_all_gives_her_team_more_than_is_hers(floor):
    """Not without a user, not to staff, not for passing on, no other kind, of nobody else."""
    story = floor.envelope("story")
    for envelope, user, may_share in (
        (story, None, False),
        (story, floor.ida, False),
        (story, floor.user, True),
        (floor.envelope("whereabouts"), floor.user, False),
        (floor.envelope("risk"), floor.user, False),
        (floor.envelope("story", "Sara"), floor.user, False),
    ):
        assert not floor.stands(GRANT, envelope, OWN_PAGES_TEAM, user, may_share, floor.ida)
    assert floor.stands(GRANT, story, OWN_PAGES_TEAM, floor.user, False, floor.ida)


def test_nobody_at_all_is_put_into_her_team(floor):
    adam = floor.one("SELECT id FROM agencies_user WHERE email = 'adam@example.org'")
    idva = floor.one("SELECT id FROM agencies_team WHERE code = 'idva'")
    assert not floor.stands(MEMBERSHIP, floor.ida, OWN_PAGES_TEAM, "practitioner")
    assert not floor.stands(MEMBERSHIP, floor.ida, OWN_PAGES_TEAM, "survivor")
    assert not floor.stands(MEMBERSHIP, floor.ida, idva, "survivor")
    floor.act_as(adam)
    # Nor is she made one of the staff, or let in again by hand.
    assert not floor.stands(MEMBERSHIP, floor.user, idva, "practitioner")
    assert not floor.stands(MEMBERSHIP, floor.user, OWN_PAGES_TEAM, "survivor")


@pytest.mark.parametrize("who", ["olu", "tess", "nora", "gwen", "adam", "survivor", "nobody"])
def test_who_does_not_hold_her_makes_no_pages_of_her_record(floor, who):
    other = floor.one(
        "SELECT person_id FROM people_identity WHERE given_name = 'Sara' AND born_on < '1970-01-01'"
    )
    fresh = floor.one(
        "INSERT INTO agencies_user (id, email, name, password, is_active, is_system, joined_at)"
        " VALUES (gen_random_uuid(), 'y@own-pages.invalid', '', '', true, false, now()) RETURNING id"
    )
    by = {"survivor": floor.user, "nobody": uuid4()}.get(who) or floor.one(
        "SELECT id FROM agencies_user WHERE email = %s", f"{who}@example.org"
    )
    floor.act_as(by)
    opened = floor.one("SELECT portal_open(%s, %s, %s)", uuid4(), other, fresh)
    assert bool(opened) == (who == "tess")
    # Nor twice of one record, nor for a member of staff.
    floor.act_as(floor.ida)
    assert not floor.one("SELECT portal_open(%s, %s, %s)", uuid4(), floor.meera, fresh)


def test_an_invitation_leads_to_the_pages_of_its_own_person(floor):
    """A worker with SQL of their own writes an invitation to somebody else's pages."""
    own = floor.one("SELECT id FROM portal_ownpages WHERE user_id = %s", floor.user)
    floor.admin.execute(
        "INSERT INTO portal_invitation (id, envelope_id, person_id, own_pages_id, team_id, how, judged,"
        " code, word, expires_at, wrong_tries, recorded_by_id, recorded_at)"
        " SELECT gen_random_uuid(), e.id, e.person_id, %s, m.team_id, 'in-person', '', 'c', 'w',"
        " now() + interval '1 day', 0, m.user_id, now() FROM access_envelope e, agencies_membership m"
        " WHERE e.id = %s AND m.user_id = %s",
        [own, floor.envelope("support", "Sara"), floor.ida],
    )
    assert floor.one("SELECT portal_redeem('c', 'w')") is None


def test_she_cannot_write_or_give_what_is_not_hers(hers, meera):
    with as_her(hers) as her:
        with refused("own pages|row-level security"):
            rows(
                GRANT,
                [
                    rows("SELECT id FROM access_envelope WHERE kind = 'story'")[0][0],
                    Team.objects.get(code="pass").pk,
                    None,
                    False,
                    her.user_id,
                ],
            )
        for statement in (
            "UPDATE portal_ownpages SET user_id = user_id",
            "UPDATE portal_invitation SET word = ''",
            "DELETE FROM people_identity",
        ):
            with refused():
                rows(statement)


def test_they_share_a_team_and_nothing_else(as_, world, hers, meera):
    """Whoever knows the id of another's grant cannot end it; staff who hold her can."""
    invite(as_, world.id("sara-stranger"), by="petra")
    other = user_of(as_, world.id("sara-stranger"), by="petra")
    with as_her(hers):
        theirs = rows("SELECT id FROM access_grant WHERE user_id = %s LIMIT 1", [hers.pk])[0][0]
    with as_her(other), refused("ended by her or by staff"):
        rows("SELECT access_end_grant(%s, 'x')", [theirs])
    with as_("ida"):
        assert rows("SELECT access_end_grant(%s, 'x')", [theirs])


def test_no_page_gives_the_role_away(as_, world, hers):
    with as_("adam") as adam:
        own = Team.objects.get(pk=OWN_PAGES_TEAM)
        idva = Team.objects.get(code="idva")
        for user, team, role in (
            (world.user("olu"), own, "survivor"),
            (world.user("olu"), own, "practitioner"),
            (world.user("olu"), idva, "survivor"),
        ):
            with pytest.raises(Refused):
                add_membership(by=adam, user=user, team=team, role=role)
        assert own not in agencies.teams()
        assert not [p for p in agencies.staff(adam).people if p.pk == hers.pk]
        with pytest.raises(Http404):
            agencies.member(adam, hers.pk)
    with as_("gwen") as gwen:
        assert hers not in access.everybody(gwen)


# Which pages there are for whom


def addresses(patterns=None, prefix="/"):
    """Every address of the system with something in each gap, and who may come in."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from addresses(entry.url_patterns, route)
        elif isinstance(entry, URLPattern):
            path = re.sub(r"<uuid:\w+>", str(uuid4()), route)
            path = re.sub(r"<int:\w+>", "1", path)
            yield re.sub(r"<[\w:]+>", "x", path), getattr(entry.callback, "guard", None)


def test_no_page_of_staff_is_there_for_her(inside):
    tried = [path for path, guard in addresses() if guard not in ("public", "own pages")]
    assert len(tried) > 80
    found = {path: inside.get(path).status_code for path in tried}
    # Some say first that they are only for sending to; sent to, they are not there.
    found |= {path: inside.post(path).status_code for path in tried if found[path] == 405}
    assert {path: status for path, status in found.items() if status != 404} == {}


@pytest.mark.parametrize("name", ["olu", "mina", "ida", "nora", "theo", "gwen", "adam"])
def test_no_page_of_hers_is_there_for_staff(client, staff, name):
    hers_alone = [path for path, guard in addresses() if guard == "own pages"]
    assert len(hers_alone) > 15
    assert {client.get(path).url for path in hers_alone} == {"/n/i/"}
    sign_in(client, staff(name))
    assert {client.get(path).status_code for path in hers_alone} == {404}
    assert {client.post(path).status_code for path in hers_alone} == {404}


def test_only_who_holds_her_sees_that_she_has_pages(client, staff, meera, hers):
    for name, status in (("olu", 404), ("nora", 404), ("gwen", 404), ("adam", 404), ("ida", 200)):
        client = Client()
        sign_in(client, staff(name))
        for page in ("", "invite/", "end/"):
            assert client.get(f"/own-pages/{meera}/{page}").status_code == status, (name, page)


def test_no_page_of_hers_says_what_it_is(inside, client):
    """Not in its title, its address, its words, its picture or what a telephone calls the passkey."""
    pages = [path for path, guard in addresses() if guard == "own pages" and "-" not in path]
    assert len(pages) > 12
    for who, paths in ((inside, pages), (client, ["/n/i/", "/n/i/1/", "/n/nothing/"])):
        for path in paths:
            answer = who.get(path)
            page = answer.content.decode()
            assert "<title>Notes</title>" in page or answer.status_code in (302, 405), path
            said = re.sub(r'(src|href|data-module)="[^"]*"', "", page)
            assert not re.search("onestory|survivor", said, re.I), path
            assert "kernel/icon.svg" not in page
            assert answer.headers["Cache-Control"] == "no-store"
            assert re.fullmatch(r"/n/(\w/)?(\d/)?(nothing/)?", path)
    options = inside.get("/n/e/").context["js_data"]["creation_options"]["publicKey"]
    assert (
        options["rp"]["name"]
        == options["user"]["name"]
        == options["user"]["displayName"]
        == "Notes"
    )


def test_a_page_that_she_may_not_see_says_so_in_her_own_frame(inside):
    page = inside.get("/cases/").content.decode()
    assert "<title>Notes</title>" in page
    assert "OneStory" not in page


def test_a_host_name_of_its_own_leads_nowhere_else(client, settings):
    settings.OWN_PAGES_ADDRESS = "https://notes.example.org/n/"
    settings.ALLOWED_HOSTS = ["notes.example.org", "testserver"]
    for path in ("/", "/account/sign-in/", "/help/"):
        assert client.get(path, headers={"host": "notes.example.org"}).url == "/n/"
    assert client.get("/n/i/", headers={"host": "notes.example.org"}).status_code == 200
    assert client.get("/account/sign-in/").status_code == 200
