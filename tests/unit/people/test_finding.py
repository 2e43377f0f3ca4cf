"""Finding people: forgiving, ranked, told why, in few queries, and never past what is open."""

from datetime import date

import pytest
from django.http import Http404

from onestory.people import actions, queries
from onestory.people.actions import Facts
from onestory.people.models import Identity

JUNE = date(1971, 6, 9)


@pytest.fixture
def by(as_):
    with as_("mina") as actor:
        yield actor


@pytest.fixture
def add(by):
    def added(given, family, born_on=None, **more):
        return actions.add_person(
            by=by, team_id=by.home_team_id, facts=Facts(given, family, born_on=born_on, **more)
        )

    return added


@pytest.fixture
def wanda(add, by):
    person = add("Wanda", "Featherstone", JUNE)
    actions.add_phone(by=by, person_id=person.pk, number="07700 900555", safe="yes")
    actions.add_address(
        by=by,
        person_id=person.pk,
        lines="31 Orchard Road\nTilbury",
        postcode="RM18 7AB",
        locality="tilbury",
        confidential=False,
    )
    return person


def first(found):
    return found[0].person if found else None


class TestFind:
    @pytest.mark.parametrize(
        "text",
        [
            "Wanda Featherstone",
            "featherstone, wanda",
            "Wonda Fetherstone 9 June 1971",
            "Featherstone 06/09/1971",
            "09061971",
            "07700 900555",
            "+44 7700 900 555",
            "31 orchard rd, tilbury",
            "Featherstone RM187AB",
            "Featherstone",
        ],
    )
    def test_forgives(self, wanda, by, text):
        assert first(queries.find(by, text)) == wanda

    def test_finds_by_its_own_reference_however_typed(self, wanda, by):
        for text in (wanda.reference, wanda.reference.lower(), wanda.reference.replace("-", " ")):
            [found] = queries.find(by, text)
            assert found.person == wanda
            assert found.verdict == "likely"
            assert found.reasons[0] == f"Same reference ({wanda.reference})"

    def test_says_why_in_plain_english(self, wanda, by):
        found = queries.find(by, "Wanda Featherstone 06/09/1971")[0]
        assert "Same date of birth with day and month swapped" in found.reasons
        assert found.verdict == "likely"
        assert found.locality == "tilbury"

    def test_the_likeliest_comes_first(self, wanda, add, by):
        add("Wanda", "Featherstone", date(1950, 1, 1))
        assert first(queries.find(by, "Wanda Featherstone 9/6/1971")) == wanda

    def test_names_that_are_typed_for_nobody_find_nobody(self, wanda, by):
        assert queries.find(by, "Zebedee Quackenbush") == []

    def test_no_more_than_asked_for(self, add, by):
        for _ in range(4):
            add("Wanda", "Featherstone", JUNE)
        assert len(queries.find(by, "Featherstone", limit=3)) == 3

    def test_never_shows_the_area_of_a_confidential_address(self, add, by):
        person = add("Wanda", "Featherstone", JUNE)
        actions.add_address(
            by=by,
            person_id=person.pk,
            lines="Flat 9, 4 Harbour View",
            locality="purfleet",
            confidential=True,
        )
        assert queries.find(by, "Wanda Featherstone")[0].locality == ""

    def test_a_former_name_no_longer_finds_unless_it_is_kept(self, wanda, by):
        seen = Identity.objects.get(person=wanda, superseded_at=None)
        actions.change_identity(
            by=by, person_id=wanda.pk, seen_id=seen.pk, facts=Facts("Wanda", "Oakes")
        )
        assert queries.find(by, "Featherstone") == []
        assert first(queries.find(by, "Oakes")) == wanda

    @pytest.mark.parametrize(
        ("text", "most"),
        [
            ("Wanda Featherstone 9/6/1971", 3),
            ("Wanda 07700 900555 31 Orchard Road RM18 7AB", 4),
            ("nobody at all", 3),
        ],
    )
    def test_takes_few_queries_however_many_are_found(
        self, add, by, django_assert_max_num_queries, text, most
    ):
        for number in range(12):
            add("Wanda", f"Featherstone{'abcdefghijkl'[number]}", JUNE)
        with django_assert_max_num_queries(most):
            queries.find(by, text)


class TestJoinedRecords:
    @pytest.fixture
    def other(self, add):
        return add("Wendy", "Fetherston", JUNE)

    @pytest.fixture
    def joined(self, wanda, other, by):
        return actions.join(by=by, kept_id=wanda.pk, joined_id=other.pk, reason="She said so.")

    def test_are_found_as_one_by_what_either_says(self, wanda, joined, by):
        assert [one.person for one in queries.find(by, "Wendy Fetherston 9/6/1971")] == [wanda]

    def test_go_by_the_name_of_the_one_that_is_kept(self, wanda, other, joined, by):
        known = queries.names(by, [wanda.pk, other.pk])
        assert {str(identity) for identity in known.values()} == {"Wanda Featherstone"}

    def test_open_as_one(self, wanda, other, joined, by):
        view = queries.open_person(by, other.pk)
        assert view.person == wanda
        assert {str(row) for row in view.identities} == {"Wanda Featherstone", "Wendy Fetherston"}
        assert [row.pk for row in view.joins] == [joined.pk]

    def test_stand_apart_again_when_undone(self, wanda, other, joined, by):
        actions.undo_join(by=by, join_id=joined.pk, reason="They are sisters.")
        assert queries.open_person(by, other.pk).person == other
        assert {one.person for one in queries.find(by, "9/6/1971")} >= {wanda, other}

    def test_chains_lead_to_the_end(self, wanda, other, joined, add, by):
        third = add("Wanda", "Stone", JUNE)
        actions.join(by=by, kept_id=third.pk, joined_id=wanda.pk, reason="Same NHS letter.")
        assert queries.open_person(by, other.pk).person == third
        assert {i.person_id for i in queries.names(by, [other.pk]).values()} == {third.pk}


class TestNames:
    def test_is_one_query_and_leaves_out_what_is_closed(
        self, wanda, add, by, world, django_assert_num_queries
    ):
        ids = [wanda.pk, add("Jo", "Oakes").pk, world.id("meera")]
        with django_assert_num_queries(1):
            known = queries.names(by, ids)
        assert {str(identity) for identity in known.values()} == {"Wanda Featherstone", "Jo Oakes"}


class TestDuplicates:
    def test_puts_forward_whoever_is_likely_and_says_why(self, wanda, add, by):
        again = add("Wanda", "Fetherstone", JUNE)
        add("Horace", "Pym", date(1940, 2, 2))
        [found] = queries.duplicates(by, wanda.pk)
        assert found.person == again
        assert "Same date of birth" in found.reasons

    def test_never_itself_nor_what_is_joined(self, wanda, add, by):
        again = add("Wanda", "Fetherstone", JUNE)
        actions.join(by=by, kept_id=wanda.pk, joined_id=again.pk, reason="Same letter.")
        assert queries.duplicates(by, wanda.pk) == []
        assert queries.duplicates(by, again.pk) == []

    def test_absent_for_nobody_known(self, by, world):
        with pytest.raises(Http404):
            queries.open_person(by, world.id("meera"))
        assert queries.duplicates(by, world.id("meera")) == []
