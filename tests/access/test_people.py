"""People: what is closed looks like what is absent, by every way in."""

import re
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import Http404

from onestory.access import queries as access
from onestory.access.acting import acting
from onestory.access.actions import share as share_envelopes
from onestory.access.models import Entry
from onestory.agencies.actor import system_actor
from onestory.agencies.models import Team
from onestory.kernel.errors import Refused
from onestory.kernel.ids import new_id
from onestory.people import actions, queries
from onestory.people.actions import Facts
from onestory.people.models import MatchNotice
from tests.survivors import OWEN, RUTH, record_ruth

# Another team, the same organisation's other team, another organisation, the barred neighbour, the
# guardian and the administrator.
WRONG = ["tess", "nell", "ida", "bart", "gwen", "adam"]
FACTS = ("identity", "safecontact", "phone", "address", "relationship", "searchkey")


def rows(statement, params=()):
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall()


@pytest.fixture
def ruth(as_, world):
    return record_ruth(as_, world)


@pytest.fixture
def team_of_bart_knows(ruth, share):
    """The team in which her neighbour works comes to know Ruth: he must not."""
    share("housing-safeguarding", ruth, *actions.SURVIVOR_KINDS, may_write=True)


@pytest.fixture
def share(as_):
    def shared(team, person_id, *kinds, may_write=False):
        with as_("olu") as olu:
            envelopes = access.open_envelopes(olu, person_id)
            share_envelopes(
                by=olu,
                envelopes=[envelopes[kind] for kind in kinds],
                team=Team.objects.get(code=team),
                purpose="support",
                basis="consent",
                may_write=may_write,
            )

    return shared


class TestInTheDatabase:
    @pytest.mark.parametrize("table", FACTS)
    @pytest.mark.parametrize("wrong", WRONG)
    def test_no_fact_of_hers_is_there(self, as_, ruth, table, wrong):
        with as_(wrong):
            assert rows(f"SELECT 1 FROM people_{table} WHERE person_id = %s", [ruth]) == []

    @pytest.mark.parametrize("table", FACTS)
    def test_nor_for_her_brother_when_his_team_knows_her(
        self, as_, ruth, table, team_of_bart_knows
    ):
        with as_("tess"):
            assert rows(f"SELECT 1 FROM people_{table} WHERE person_id = %s", [ruth])
        with as_("bart"):
            assert rows(f"SELECT 1 FROM people_{table} WHERE person_id = %s", [ruth]) == []
            assert rows("SELECT 1 FROM people_person WHERE id = %s", [ruth]) == []

    @pytest.mark.parametrize("wrong", ["tess", "nell", "ida", "bart", "adam"])
    def test_not_even_that_she_exists(self, as_, ruth, wrong):
        with as_(wrong):
            assert rows("SELECT 1 FROM people_person WHERE id = %s", [ruth]) == []

    def test_nobody_sees_anybody(self, world):
        for table in (*FACTS, "person", "join", "matchnotice", "accessrequest"):
            assert rows(f"SELECT count(*) FROM people_{table}") == [(0,)], table

    def test_only_whoever_holds_the_whereabouts_sees_them(self, as_, ruth, share):
        share("housing-safeguarding", ruth, "identity", "safe-contact", "story")
        hidden = "SELECT lines FROM people_address WHERE person_id = %s AND confidential"
        with as_("tess"):
            assert rows(hidden, [ruth]) == []
            assert (
                rows(
                    "SELECT 1 FROM people_searchkey WHERE person_id = %s AND value = 'RM191ZZ'",
                    [ruth],
                )
                == []
            )
        with as_("olu"):
            assert len(rows(hidden, [ruth])) == 1

    def test_nothing_leads_from_him_to_her(self, as_, ruth, share):
        """Nell works with Owen as well, and not even the relationship is there for her."""
        with as_("olu") as olu:
            [related] = queries.open_person(olu, ruth).relationships
            owen = related.other_id
            assert queries.open_person(olu, owen).relationships == []
        share("pass", owen, "identity")
        with as_("nell") as nell:
            assert queries.open_person(nell, owen).relationships == []
            assert rows("SELECT 1 FROM people_relationship") == []

    def test_an_address_cannot_be_moved_out_of_its_envelope(self, as_, ruth):
        with as_("olu") as olu:
            identity = access.open_envelopes(olu, ruth)["identity"]
            change = "UPDATE people_address SET envelope_id = %s WHERE person_id = %s"
            with pytest.raises(DatabaseError), transaction.atomic():
                rows(f"{change} AND confidential RETURNING id", [identity.pk, ruth])

    @pytest.mark.parametrize("wrong", WRONG)
    def test_nobody_writes_what_they_cannot_see(self, as_, ruth, wrong):
        with as_("olu") as olu:
            envelope = access.open_envelopes(olu, ruth)["safe-contact"]
        insert = (
            "INSERT INTO people_phone (id, envelope_id, person_id, number, safe, whose,"
            " recorded_at, recorded_by_id) VALUES (%s, %s, %s, '1', 'yes', '', now(), %s)"
        )
        with (
            as_(wrong) as by,
            pytest.raises(DatabaseError, match="row-level security"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(insert, [new_id(), envelope.pk, ruth, by.user_id])


class TestByActionsAndQueries:
    @pytest.mark.parametrize("wrong", WRONG)
    def test_every_action_finds_nobody(self, as_, ruth, wrong):
        with as_("olu"):
            phone = rows("SELECT id FROM people_phone WHERE person_id = %s", [ruth])[0][0]
        with as_(wrong) as by:
            for act in (
                lambda: actions.change_identity(by=by, person_id=ruth, seen_id=None, facts=RUTH),
                lambda: actions.set_safe_contact(by=by, person_id=ruth, safe_to_call="no"),
                lambda: actions.add_phone(by=by, person_id=ruth, number="07700 900000"),
                lambda: actions.end_phone(by=by, phone_id=phone),
                lambda: actions.add_address(
                    by=by, person_id=ruth, lines="1 Road", confidential=False
                ),
                lambda: queries.open_person(by, ruth),
                lambda: queries.known_person(by, ruth),
            ):
                with pytest.raises(Http404):
                    act()
            assert queries.names(by, [ruth]) == {}

    @pytest.mark.parametrize("wrong", WRONG)
    def test_search_finds_nothing_of_her(self, as_, ruth, world, wrong, team_of_bart_knows):
        with as_("olu"):
            reference = rows("SELECT reference FROM people_person WHERE id = %s", [ruth])[0][0]
        if wrong == "tess":  # her team has come to know Ruth
            return
        with as_(wrong) as by:
            for text in ("Ruth Marsh 3/4/1986", "07700 900321", "9 Sparrow Lane", reference):
                assert ruth not in {one.person.pk for one in queries.find(by, text)}, text

    def test_a_barring_holds_for_every_joined_record(self, as_, world, ruth, team_of_bart_knows):
        with as_("mina") as mina:
            again = actions.add_person(
                by=mina, team_id=mina.home_team_id, facts=Facts("Ruthie", "Marsh")
            )
            actions.join(by=mina, kept_id=again.pk, joined_id=ruth, reason="She told us.")
        with as_("bart") as bart:
            for person_id in (ruth, again.pk):
                with pytest.raises(Http404):
                    queries.open_person(bart, person_id)
            found = {one.person.pk for one in queries.find(bart, "Ruthie Marsh")}
            assert found.isdisjoint({ruth, again.pk})


class TestJoining:
    def test_makes_no_ring_through_a_record_that_the_joiner_cannot_see(self, as_):
        """One team joins a to b and b to c; another knows c and a alone, and joins them no more."""
        with as_("mina") as mina:
            a, b, c = (
                actions.add_person(by=mina, team_id=mina.home_team_id, facts=Facts("Wyn", name))
                for name in ("Ash", "Birch", "Cedar")
            )
            actions.join(by=mina, kept_id=b.pk, joined_id=a.pk, reason="Same letter.")
            actions.join(by=mina, kept_id=c.pk, joined_id=b.pk, reason="Same letter.")
            share_envelopes(
                by=mina,
                envelopes=[access.open_envelopes(mina, key)["identity"] for key in (a.pk, c.pk)],
                team=Team.objects.get(code="pass"),
                purpose="support",
                basis="consent",
            )
        with acting(system_actor(team="pass"), purpose="test") as scope:
            assert queries.records(scope.actor, a.pk) == [a]
            with pytest.raises(Refused, match="joined already"):
                actions.join(by=scope.actor, kept_id=a.pk, joined_id=c.pk, reason="Same letter.")


class TestMatchesAreToldToHolders:
    def told(self, as_, who, person_id):
        with as_(who):
            return list(MatchNotice.objects.filter(person_id=person_id))

    def record(self, as_, who, facts, kinds=("identity",)):
        with as_(who) as by:
            return actions.add_person(by=by, team_id=by.home_team_id, facts=facts, kinds=kinds)

    def test_the_holder_learns_of_it_and_whoever_recorded_it_does_not(self, as_, ruth):
        new = self.record(as_, "nell", Facts("Ruthe", "Marsch", born_on=RUTH.born_on))
        [notice] = self.told(as_, "olu", ruth)
        assert notice.other_id == new.pk
        assert notice.other_team.code == "pass"
        with as_("nell"):
            assert rows("SELECT 1 FROM people_matchnotice") == []
        with as_("olu") as olu, pytest.raises(Http404):
            queries.open_person(olu, new.pk)

    def test_day_and_month_swapped_is_still_told(self, as_):
        with as_("olu") as olu:
            ada = actions.add_person(
                by=olu,
                team_id=olu.home_team_id,
                facts=Facts("Ada", "Wren", born_on=date(1980, 3, 9)),
            )
        self.record(as_, "nell", Facts("Ada", "Wren", born_on=date(1980, 9, 3)))
        with as_("olu"):
            assert MatchNotice.objects.filter(person=ada).count() == 1

    @pytest.mark.parametrize(
        "facts",
        [
            Facts("Ruth", "Marsh"),  # no date of birth
            Facts("Ruth", "Marsh", born_on=date(1961, 11, 2)),  # another Ruth
            Facts("Tim", "Brand", born_on=RUTH.born_on),
            OWEN,  # a family name is shared, and no more
        ],
    )
    def test_a_household_or_a_name_alone_is_not_enough(self, as_, ruth, facts):
        self.record(as_, "nell", facts)
        assert self.told(as_, "olu", ruth) == []

    def test_an_address_in_common_tells_nobody(self, as_, ruth):
        new = self.record(as_, "nell", OWEN, kinds=("identity", "whereabouts"))
        with as_("nell") as nell:
            for lines, postcode, confidential in (
                ("9 Sparrow Lane", "RM17 5AB", False),
                ("Flat 2, 80 Quayside", "RM19 1ZZ", True),
            ):
                actions.add_address(
                    by=nell,
                    person_id=new.pk,
                    lines=lines,
                    postcode=postcode,
                    confidential=confidential,
                )
        assert self.told(as_, "olu", ruth) == []

    def test_a_corrected_name_is_told_once(self, as_, ruth):
        new = self.record(as_, "nell", Facts("Clara", "Vane", born_on=RUTH.born_on))
        assert self.told(as_, "olu", ruth) == []
        with as_("nell") as nell:
            for name in ("Ruthe", "Ruth"):
                seen = queries.names(nell, [new.pk])[new.pk]
                facts = Facts(name, "Marsh", born_on=RUTH.born_on)
                actions.change_identity(by=nell, person_id=new.pk, seen_id=seen.pk, facts=facts)
        assert len(self.told(as_, "olu", ruth)) == 1

    def test_not_about_what_one_may_see_oneself(self, as_, ruth):
        self.record(as_, "olu", Facts("Ruth", "Marsh", born_on=RUTH.born_on))
        assert self.told(as_, "olu", ruth) == []

    def test_a_barred_holder_is_told_nothing(self, as_, ruth, team_of_bart_knows):
        self.record(as_, "nell", Facts("Ruth", "Marsh", born_on=RUTH.born_on))
        assert len(self.told(as_, "tess", ruth)) == 1
        assert self.told(as_, "bart", ruth) == []

    def test_what_the_barred_record_is_told_to_others(self, as_, ruth, team_of_bart_knows):
        self.record(as_, "bart", Facts("Ruth", "Marsh", born_on=RUTH.born_on))
        assert len(self.told(as_, "olu", ruth)) == 1
        assert self.told(as_, "bart", ruth) == []

    def test_the_record_has_one_entry_whether_or_not_there_was_a_match(self, as_, ruth):
        one = self.record(as_, "nell", Facts("Ruth", "Marsh", born_on=RUTH.born_on))
        other = self.record(as_, "nell", Facts("Nobody", "Alike", born_on=date(1903, 1, 1)))
        with as_("gwen"):
            entries = Entry.objects.filter(verb="match.tell", person_id__in=[one.pk, other.pk])
            told = {entry.person_id: entry for entry in entries}
        assert told[one.pk].detail == {"told": 1}
        assert len(told[one.pk].envelopes) == 1
        assert told[other.pk].detail == {"told": 0}
        with as_("nell"):
            assert rows("SELECT 1 FROM access_entry") == []

    def test_only_about_a_person_of_ones_own(self, as_, ruth, world):
        """Called by hand for somebody else's record, the function does nothing at all."""
        call = "SELECT people_tell_holders(%s, ARRAY['dob', 'pair'], ARRAY['1994-09-30', 'x'], ARRAY[14, 9], 1)"
        with as_("nell"):
            rows(call, [ruth])
        with as_("ida"):
            assert rows("SELECT 1 FROM people_matchnotice") == []

    def test_a_notice_cannot_be_made_or_changed_by_hand(self, as_, world):
        with as_("olu"):
            for statement in (
                "UPDATE people_matchnotice SET other_team_id = other_team_id",
                "DELETE FROM people_matchnotice",
            ):
                with pytest.raises(DatabaseError), transaction.atomic():
                    rows(statement)


PAGES = (
    "/people/{ruth}/",
    "/people/{ruth}/code-word/",
    "/people/{ruth}/identity/",
    "/people/{ruth}/safe-contact/",
    "/people/{ruth}/phones/add/",
    "/people/{ruth}/phones/{phone}/end/",
    "/people/{ruth}/addresses/add/",
    "/people/{ruth}/addresses/{address}/end/",
    "/people/{ruth}/relationships/add/",
    "/people/{ruth}/relationships/{relationship}/end/",
    "/people/{ruth}/ask/risk/",
    "/people/{ruth}/duplicates/",
    "/people/{ruth}/join/{other}/",
    "/people/{other}/join/{ruth}/",
)


class TestOnPages:
    @pytest.fixture
    def ids(self, as_, ruth, world):
        with as_("olu"):
            one = {
                name: rows(f"SELECT id FROM people_{name} WHERE person_id = %s", [ruth])[0][0]
                for name in ("phone", "address", "relationship")
            }
        return {"ruth": ruth, "other": world.id("sara-stranger"), **one}

    @pytest.mark.parametrize("method", ["get", "post"])
    @pytest.mark.parametrize("wrong", WRONG)
    def test_closed_and_absent_are_the_same_page(
        self, client, world, ids, method, wrong, team_of_bart_knows
    ):
        if wrong == "tess":  # her team has come to know Ruth
            return
        client.force_login(world.user(wrong))
        absent = {**ids, **{name: new_id() for name in ids if name != "other"}}
        for page in PAGES:
            closed = getattr(client, method)(page.format(**ids))
            nowhere = getattr(client, method)(page.format(**absent))
            assert closed.status_code == nowhere.status_code == 404, page
            assert _plain(closed) == _plain(nowhere), page

    @pytest.mark.parametrize("wrong", ["nell", "ida", "bart"])
    def test_a_search_for_her_says_nothing_of_her(
        self, client, world, ruth, wrong, team_of_bart_knows
    ):
        client.force_login(world.user(wrong))
        for text in ("Ruth Marsh 3 April 1986", "07700 900321", "9 Sparrow Lane RM17 5AB"):
            page = client.post("/people/", {"text": text}, follow=True)
            assert str(ruth) not in page.content.decode()
            assert "3 April 1986" not in page.content.decode().replace(text, "")

    def test_whoever_has_not_signed_in_is_sent_to_do_so(self, client, ids):
        for page in PAGES:
            reply = client.get(page.format(**ids))
            assert reply.status_code == 302
            assert "Ruth" not in reply.url

    def test_what_is_searched_for_is_in_no_address(self, client, world):
        client.force_login(world.user("olu"))
        reply = client.post("/people/", {"text": "Ruth Marsh"})
        assert (reply.status_code, reply.url) == (302, "/people/")

    def test_whereabouts_are_drawn_only_for_who_may_see_them(self, client, world, ruth, share):
        share("housing-safeguarding", ruth, "identity", "safe-contact", "story")
        for who, seen in (("olu", True), ("tess", False)):
            client.force_login(world.user(who))
            page = client.get(f"/people/{ruth}/").content.decode()
            assert ("Quayside" in page) is seen
            assert "green lantern" not in page
            assert "Sparrow Lane" in page


def _plain(reply) -> str:
    """The page without what differs on every page: the secret of its forms and its own address."""
    text = re.sub(r'value="[A-Za-z0-9]{64}"', "", reply.content.decode())
    return re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "", text)
