"""One human being in several roles: harmed herself, on a programme for what she did, and staff; and a
girl of fifteen who is a child in her mother's record and has one of her own.

What each of them and each team sees is asked of the database, past all Python.
"""

from datetime import date

import pytest
from django.http import Http404
from django.test import Client
from django.utils import timezone

from onestory.access import queries as access
from onestory.access.actions import bar, share
from onestory.agencies.models import Team
from onestory.kernel.errors import Refused
from onestory.people import actions as people
from onestory.people import queries
from onestory.people.actions import SURVIVOR_KINDS, Facts
from onestory.portal.actions import KINDS
from onestory.rights import queries as rights
from synthetic.people import PARTICIPANT_KINDS
from tests.access.raw import rows
from tests.own_pages import as_her, invite, make_codes, quick_numbers, redeem, user_of

__all__ = ["quick_numbers"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_numbers")]
BORN = date(1990, 5, 4)
COLLEAGUES = ("mina", "tess", "bart")
ALL_HER_PAGES = (
    *("", "p/", "v/", "d/", "k/", "k/1/", "k/3/", "r/", "m/", "w/", "w/1/", "f/", "c/", "c/1/"),
)


class Petra:
    """She works in Tess's team; Ida supports her as a survivor; Nell has her on a programme. The two
    records are joined, and her record is closed to her own team, which Ida's shares it with."""

    def __init__(self, as_, world):
        facts = Facts("Petra", "Lang", sex="female", born_on=BORN)
        with as_("ida") as ida:
            self.harmed = self._added(ida, facts, SURVIVOR_KINDS)
            self._share(ida, self.harmed, "sericc-counselling", "identity")
            self._share(ida, self.harmed, "housing-safeguarding", "identity", "story")
        with as_("nell") as nell:
            self.harming = self._added(nell, facts, PARTICIPANT_KINDS)
            self._share(nell, self.harming, "sericc-counselling", "identity")
        with as_("dina") as dina:
            kept = {"kept_id": self.harmed, "joined_id": self.harming}
            people.join(by=dina, **kept, reason="She told both of us.")
        with as_("gwen") as gwen:
            for name in (*COLLEAGUES, "petra"):
                user = world.user(name)
                bar(by=gwen, person_id=self.harmed, user=user, reason="They work with her.")

    def _added(self, by, facts, kinds):
        return people.add_person(by=by, team_id=by.home_team_id, facts=facts, kinds=kinds).pk

    def _share(self, by, person, team, *kinds):
        opened = access.open_envelopes(by, person)
        envelopes = [opened[kind] for kind in kinds]
        to = Team.objects.get(code=team)
        share(by=by, envelopes=envelopes, team=to, purpose="support", basis="consent")


@pytest.fixture
def petra(as_, world):
    return Petra(as_, world)


def seen(petra) -> dict:
    """Of which record which kinds are open to whoever acts."""
    found = rows(
        "SELECT person_id, kind FROM access_envelope WHERE person_id IN (%s, %s)",
        [petra.harmed, petra.harming],
    )
    kinds = {petra.harmed: set(), petra.harming: set()}
    for person, kind in found:
        kinds[person].add(kind)
    return {"harmed": kinds[petra.harmed], "harming": kinds[petra.harming]}


@pytest.mark.parametrize(
    ("who", "harmed", "harming"),
    [
        ("ida", set(SURVIVOR_KINDS), set()),
        ("nell", set(), set(PARTICIPANT_KINDS)),
        ("dina", {"identity"}, {"identity"}),
        ("isla", set(), set()),
        ("gwen", set(), set()),
        ("mina", set(), set()),
        ("tess", set(), set()),
        ("bart", set(), set()),
        # She at work: her own account here opens her own record no more than her colleagues' do.
        ("petra", set(), set()),
    ],
)
def test_what_each_team_sees(as_, petra, who, harmed, harming):
    with as_(who):
        assert seen(petra) == {"harmed": harmed, "harming": harming}
        both = [petra.harmed, petra.harming]
        names = rows("SELECT person_id FROM people_identity WHERE person_id IN (%s, %s)", both)
        known = [petra.harmed] * bool(harmed) + [petra.harming] * bool(harming)
        assert sorted(person for (person,) in names) == sorted(known)


@pytest.mark.parametrize(
    ("who", "own", "other"), [("ida", "harmed", "harming"), ("nell", "harming", "harmed")]
)
def test_neither_team_comes_from_the_one_record_to_the_other(
    as_, client, world, petra, who, own, other
):
    client.force_login(world.user(who))
    mine, theirs = getattr(petra, own), getattr(petra, other)
    with as_(who) as by:
        assert rows("SELECT count(*) FROM people_join") == [(0,)]
        assert [person.pk for person in queries.records(by, mine)] == [mine]
        teams = {knower.team.code for knower in access.who_knows(by, mine)}
        assert not teams & ({"pass"} if who == "ida" else {"idva", "housing-safeguarding"})
    shown = client.get(f"/people/{mine}/")
    assert shown.status_code == 200 and str(theirs) not in shown.content.decode()
    assert client.get(f"/people/{theirs}/").status_code == 404


@pytest.mark.parametrize("who", [*COLLEAGUES, "petra"])
def test_her_colleagues_find_nothing_by_any_page(client, world, petra, who):
    client.force_login(world.user(who))
    for person in (petra.harmed, petra.harming):
        assert client.get(f"/people/{person}/").status_code == 404
    found = client.get("/people/", {"q": "Petra Lang 4 May 1990"}).content.decode()
    assert str(petra.harmed) not in found and str(petra.harming) not in found


class TestOnHerOwnPages:
    @pytest.fixture
    def hers(self, as_, petra):
        invite(as_, petra.harmed)
        return user_of(as_, petra.harmed)

    def test_she_sees_what_is_hers_and_nothing_of_conduct(self, petra, hers):
        with as_her(hers) as her:
            assert seen(petra) == {"harmed": set(KINDS), "harming": set()}
            assert rows("SELECT id FROM people_person") == [(petra.harmed,)]
            assert rows("SELECT count(*) FROM people_join") == [(0,)]
            assert rows("SELECT portal_catch_up()") is not None
            assert seen(petra)["harming"] == set()
            shown = access.shown_to_her(her, petra.harmed)
            assert "pass" not in {knower.team.code for knower in shown.knowers}
            assert "conduct" not in {part.key for part in rights.copy_of(her, petra.harmed).parts}

    def test_no_page_of_hers_speaks_of_the_programme(self, as_, petra, world):
        client = Client()
        redeem(client, invite(as_, petra.harmed))
        make_codes(client)
        programme = Team.objects.get(code="pass")
        for page in ALL_HER_PAGES:
            answer = client.get(f"/n/{page}")
            said = answer.content.decode()
            assert answer.status_code == 200, page
            assert str(petra.harming) not in said and programme.name not in said, page

    def test_a_programme_opens_no_pages_for_her(self, as_, petra):
        with as_("nell"), pytest.raises(Refused, match="cannot make own pages"):
            invite(as_, petra.harming, by="nell")

    def test_her_two_accounts_have_nothing_in_common(self, world, petra, hers):
        at_work = world.user("petra")
        assert hers.pk != at_work.pk and hers.name != at_work.name
        assert "petra" not in hers.email.lower()
        client = Client()
        client.force_login(at_work)
        assert client.get("/n/").status_code == 404
        client.force_login(hers)
        assert client.get("/people/").status_code == 404


class TestAChildWithARecordOfHerOwn:
    @pytest.fixture
    def family(self, as_):
        """Asha, and Tara, who is fifteen and told Ida of what was done to her."""
        year = timezone.localdate().year
        with as_("ida") as ida:
            made = [
                people.add_person(by=ida, team_id=ida.home_team_id, facts=facts).pk
                for facts in (
                    Facts("Asha", "Rao", birth_year=1980, sex="female"),
                    Facts("Tara", "Rao", born_on=date(year - 15, 1, 1), sex="female"),
                )
            ]
            asha, tara = made
            people.relate(
                by=ida,
                person_id=asha,
                other_id=tara,
                kind="child",
                lives_with=True,
                uses_abuse=False,
            )
        return asha, tara

    def test_she_comes_in_once_somebody_has_judged_that_she_understands(self, as_, family):
        _, tara = family
        with pytest.raises(Refused):
            invite(as_, tara)
        invite(as_, tara, judged="She says who looks at her phone.")
        with as_her(user_of(as_, tara)):
            assert rows("SELECT id FROM people_person") == [(tara,)]
            assert rows("SELECT given_name FROM people_identity") == [("Tara",)]
            assert rows("SELECT count(*) FROM people_relationship") == [(0,)]

    def test_her_mother_sees_that_she_is_her_child_and_nothing_else_of_her(self, as_, family):
        asha, tara = family
        invite(as_, asha)
        with as_her(user_of(as_, asha)) as her:
            assert rows("SELECT id FROM people_person") == [(asha,)]
            assert rows("SELECT person_id FROM people_identity") == [(asha,)]
            said = str(rights.copy_of(her, asha).parts)
            assert "Tara" not in said and str(tara) not in said
            with pytest.raises(Http404):
                queries.known_person(her, tara)
