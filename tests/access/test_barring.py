"""The barred find nothing, count nothing, and never learn that they are barred."""

import pytest
from django.http import Http404
from django.urls import reverse

from onestory.access import actions, queries
from onestory.access.models import Barring, Entry
from onestory.agencies.models import User
from onestory.kernel.errors import Refused
from onestory.people.actions import join
from onestory.people.models import Identity, Person
from tests.access.raw import refused, rows


@pytest.fixture
def known_to_safeguarding(as_, world):
    """Sara's contact has opened her record to the team in which Bart, her brother, works."""
    with as_("tess"):
        assert Person.objects.filter(pk=world.id("sara")).exists()
    return world.id("sara")


def every_table():
    return [
        row[0]
        for row in rows(
            "SELECT relname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid"
            " WHERE attname = 'person_id' AND relnamespace = 'public'::regnamespace"
            " AND relkind = 'r' AND has_table_privilege(attrelid, 'SELECT') ORDER BY 1"
        )
    ]


def test_no_table_tells_the_barred_anything(as_, world, known_to_safeguarding):
    sara = known_to_safeguarding
    with as_("bart"):
        tables = every_table()
        assert len(tables) > 8
        for table in tables:
            found = rows(f"SELECT count(*) FROM {table} WHERE person_id = %s", [sara])
            assert found == [(0,)], table
        assert rows("SELECT count(*) FROM people_person WHERE id = %s", [sara]) == [(0,)]


def test_no_function_tells_the_barred_anything(as_, world, known_to_safeguarding):
    sara = known_to_safeguarding
    with as_("bart") as by:
        for function in ("access_known", "access_who_knows", "access_envelopes_of"):
            assert rows(f"SELECT count(*) FROM {function}(%s)", [sara]) == [(0,)], function
        assert queries.envelopes_of(by, sara) == queries.grants_on(by, sara) == []
        assert queries.references(by, [sara]) == {}


def test_the_barred_do_not_see_that_they_are(as_, known_to_safeguarding):
    with as_("bart") as by:
        assert not Barring.objects.exists()
        assert not queries.barrings(by).exists()
    with as_("tess") as by:
        assert [b.user.name for b in queries.barrings(by, known_to_safeguarding)] == ["Bart Hollis"]


def test_a_colleague_in_the_same_team_sees_all_the_same(as_, known_to_safeguarding):
    with as_("petra"):
        assert Identity.objects.filter(person_id=known_to_safeguarding).exists()


def test_a_barring_holds_for_every_record_of_the_same_human_being(as_, world, db):
    """Sara has been recorded twice: what Bart may not see, he may not see under either."""
    with as_("mina") as by:
        other = world.id("sara-stranger")
        join(by=by, kept_id=other, joined_id=world.id("sara"), reason="She says it is she.")
    with as_("bart"):
        assert not Person.objects.filter(pk__in=[other, world.id("sara")]).exists()


@pytest.mark.parametrize("theirs", ["derek", "ellie", "jack"])
def test_it_holds_for_those_in_their_life_too(as_, world, known_to_safeguarding, theirs):
    """A brother who found her husband or her children there would know that she told somebody."""
    with as_("tess"):
        assert Person.objects.filter(pk=world.id(theirs)).exists()
    with as_("bart"):
        assert not Person.objects.filter(pk=world.id(theirs)).exists()
        assert rows(
            "SELECT count(*) FROM people_identity WHERE person_id = %s", [world.id(theirs)]
        ) == [(0,)]


def test_a_barred_guardian_sees_nothing_in_the_record(as_, world):
    sara = world.id("sara")
    with as_("mina") as by:
        actions.bar(by=by, person_id=sara, user=world.user("gwen"), reason="She is her aunt.")
    with as_("gwen") as by:
        assert not queries.entries_about(by, sara).exists()
        assert not Entry.objects.filter(person_id=sara).exists()
        assert rows("SELECT count(*) FROM access_known(%s)", [sara]) == [(0,)]
        assert queries.references(by, [sara]) == {}
        assert not queries.barrings(by, sara).exists()
        with pytest.raises(Http404):
            actions.look_up_person(by=by, person_id=sara)


def test_a_barred_guardian_does_not_judge_an_opening(as_, world):
    sara = world.id("sara")
    with as_("ida") as by:
        opening = actions.break_glass(
            by=by, person_id=sara, team_id=by.home_team_id, reason="life-in-danger"
        )
    with as_("mina") as by:
        actions.bar(by=by, person_id=sara, user=world.user("gwen"), reason="She is her aunt.")
    with as_("gwen") as by:
        assert queries.openings_to_review(by) == 0
        with pytest.raises(Http404):
            actions.review_opening(by=by, opening_id=opening.pk, justified=True, finding="Fine.")


def test_who_may_bar(as_, world):
    sara, nell = world.id("sara"), world.user("nell")
    for who, error in (("olu", Refused), ("petra", Refused), ("adam", Refused)):
        with as_(who) as by, pytest.raises(error):
            actions.bar(by=by, person_id=sara, user=nell, reason="A neighbour.")
    with as_("mina") as by:
        with pytest.raises(Http404):  # A manager, but not of anybody who knows Meera.
            actions.bar(by=by, person_id=world.id("meera"), user=nell, reason="A neighbour.")
        actions.bar(by=by, person_id=sara, user=nell, reason="A neighbour.")


def test_the_floor_says_who_may_bar(as_, world):
    def bar(by, **changes):
        values = {
            "id": "gen_random_uuid()",
            "person_id": f"'{world.id('sara')}'",
            "user_id": f"'{world.users['nell']}'",
            "reason": "''",
            "barred_by_id": f"'{by.user_id}'",
            "barred_at": "now()",
        } | changes
        rows(
            f"INSERT INTO access_barring ({', '.join(values)}) VALUES ({', '.join(values.values())})"
        )

    for who in ("ida", "adam", "bart"):
        with as_(who) as by, refused():
            bar(by)
    with as_("mina") as by:
        with refused():
            bar(by, barred_by_id=f"'{world.users['tess']}'")
        with refused():
            bar(by, user_id=f"'{by.user_id}'")
        with refused():
            bar(by, ended_at="now()", ended_by_id=f"'{by.user_id}'")
        bar(by)


def test_one_does_not_bar_oneself_nor_the_system(as_, world):
    with as_("mina") as by:
        with pytest.raises(Refused, match="nobody can bar themselves"):
            actions.bar(by=by, person_id=world.id("sara"), user=world.user("mina"), reason="I.")
        system = User.objects.get(is_system=True)
        with pytest.raises(Refused):
            actions.bar(by=by, person_id=world.id("sara"), user=system, reason="It.")


def test_only_a_guardian_lifts_it(as_, world, known_to_safeguarding):
    with as_("mina") as by:
        barring = queries.barrings(by, known_to_safeguarding).get()
        with pytest.raises(Refused):
            actions.unbar(by=by, barring_id=barring.pk)
        assert rows("UPDATE access_barring SET ended_at = now(), ended_by_id = barred_by_id") == 0
    with as_("gwen") as by:
        actions.unbar(by=by, barring_id=barring.pk)
        with pytest.raises(Http404):
            actions.unbar(by=by, barring_id=barring.pk)
    with as_("bart"):
        assert Identity.objects.filter(person_id=known_to_safeguarding).exists()


# The pages


def test_a_manager_bars_from_the_persons_page(client, world, as_, known_to_safeguarding):
    client.force_login(world.user("mina"))
    url = reverse("access:bar", args=[known_to_safeguarding])
    page = client.get(url)
    assert b"Bart Hollis" in page.content
    assert b"Sara" not in page.content
    assert b"Select who may not see it" in client.post(url, {"reason": "A cousin."}).content
    page = client.post(url, {"user": world.users["petra"], "reason": "A cousin."}, follow=True)
    assert page.redirect_chain == [(url, 302)]
    with as_("petra"):
        assert not Identity.objects.filter(person_id=known_to_safeguarding).exists()


def test_a_guardian_bars_by_reference_and_lifts(client, world, as_):
    with as_("olu"):
        reference = Person.objects.get(pk=world.id("ellie")).reference
    client.force_login(world.user("gwen"))
    page = client.post(reverse("access:barrings"), {"reference": reference})
    assert page.url == reverse("access:bar", args=[world.id("ellie")])
    client.post(page.url, {"user": world.users["olu"], "reason": "Her godfather."})
    with as_("olu"):
        assert not Person.objects.filter(pk=world.id("ellie")).exists()
    with as_("gwen") as by:
        barring = queries.barrings(by, world.id("ellie")).get()
    lift = reverse("access:lift", args=[barring.pk])
    assert b"Her godfather." in client.get(lift).content
    assert client.post(lift).url == reverse("access:barrings")
    with as_("olu"):
        assert Person.objects.filter(pk=world.id("ellie")).exists()
    assert client.post(lift).status_code == 404


def test_an_unknown_reference_is_said_to_be(client, world):
    client.force_login(world.user("gwen"))
    page = client.post(reverse("access:barrings"), {"reference": "2222-2222"})
    assert b"There is no record with this reference." in page.content


@pytest.mark.parametrize("who", ["olu", "petra", "ida", "bart", "adam"])
def test_barring_is_for_managers_and_guardians(client, world, who):
    client.force_login(world.user(who))
    assert client.get(reverse("access:bar", args=[world.id("sara")])).status_code == 404
    assert client.get(reverse("access:barrings")).status_code == 404


def test_the_list_takes_few_queries(client, world, django_assert_max_num_queries):
    client.force_login(world.user("gwen"))
    with django_assert_max_num_queries(20):
        client.get(reverse("access:barrings"))
