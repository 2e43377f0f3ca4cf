"""Recording people and what is known of them: each fact in its envelope, each change on the record."""

from datetime import date

import pytest
from django.http import Http404

from onestory.access.actions import share
from onestory.access.models import Entry, Grant
from onestory.agencies.models import Team
from onestory.kernel.errors import Refused, Stale
from onestory.people import actions
from onestory.people.actions import Facts
from onestory.people.models import (
    Address,
    Identity,
    Phone,
    Relationship,
    SafeContact,
    SearchKey,
)

RUTH = Facts("Ruth", "Marsh", born_on=date(1986, 4, 3), sex="female")


@pytest.fixture
def by(as_):
    with as_("olu") as actor:
        yield actor


@pytest.fixture
def ruth(by):
    return actions.add_person(by=by, team_id=by.home_team_id, facts=RUTH)


def keys_of(person, kind):
    return set(SearchKey.objects.filter(person=person, kind=kind).values_list("value", flat=True))


def entries(verb, as_):
    with as_("gwen"):
        return list(Entry.objects.filter(verb=verb))


class TestAddPerson:
    def test_records_who_they_are_in_an_envelope_of_the_team(self, ruth, by):
        identity = Identity.objects.get(person=ruth)
        assert str(identity) == "Ruth Marsh"
        assert identity.born_on == date(1986, 4, 3)
        grants = Grant.objects.filter(envelope__person_id=ruth.pk)
        assert {grant.envelope.kind for grant in grants} == set(actions.SURVIVOR_KINDS)
        assert {grant.team_id for grant in grants} == {by.home_team_id}

    def test_only_the_kinds_asked_for(self, by):
        child = actions.add_person(
            by=by, team_id=by.home_team_id, facts=Facts("Tom"), kinds=("identity",)
        )
        kinds = Grant.objects.filter(envelope__person_id=child.pk)
        assert [grant.envelope.kind for grant in kinds] == ["identity"]

    def test_makes_search_keys_of_names_and_birth(self, ruth):
        assert keys_of(ruth, "dob") == {"1986-04-03"}
        assert keys_of(ruth, "pair")

    def test_tidies_what_was_typed(self, by):
        person = actions.add_person(
            by=by,
            team_id=by.home_team_id,
            facts=Facts("  Ann   Marie ", " O’Neill", " Annie \n\n Ro ", birth_year=1990),
        )
        identity = Identity.objects.get(person=person)
        assert (identity.given_name, identity.family_name) == ("Ann Marie", "O’Neill")
        assert identity.other_names == "Annie\nRo"

    @pytest.mark.parametrize(
        "facts",
        [
            Facts("Ruth", born_on=date(2999, 1, 1)),
            Facts("Ruth", birth_year=1850),
            Facts("Ruth", sex="robot"),
        ],
    )
    def test_refuses_what_cannot_be(self, by, facts):
        with pytest.raises(Refused):
            actions.add_person(by=by, team_id=by.home_team_id, facts=facts)
        assert not Identity.objects.filter(given_name="Ruth").exists()

    def test_not_for_a_team_one_does_not_work_in(self, by, world, as_):
        with as_("nell") as nell, pytest.raises(Refused):
            actions.add_person(by=nell, team_id=by.home_team_id, facts=RUTH)

    def test_is_on_the_record_without_a_name(self, ruth, as_):
        [entry] = [e for e in entries("person.add", as_) if e.person_id == ruth.pk]
        assert "Ruth" not in str(entry.detail)

    def test_tries_another_reference_when_one_is_taken(self, by, ruth, monkeypatch):
        made = iter([ruth.reference, "AAAA-BBBB"])
        monkeypatch.setattr("onestory.people.actions.identity.reference", lambda key: next(made))
        other = actions.add_person(by=by, team_id=by.home_team_id, facts=Facts("Jo"))
        assert other.reference == "AAAA-BBBB"


class TestChangeIdentity:
    def test_supersedes_what_was_there(self, ruth, by):
        before = Identity.objects.get(person=ruth)
        after = actions.change_identity(
            by=by, person_id=ruth.pk, seen_id=before.pk, facts=Facts("Ruth", "Fenn", "Marsh")
        )
        before.refresh_from_db()
        assert before.superseded_by_id == by.user_id
        assert Identity.objects.get(person=ruth, superseded_at=None) == after
        assert not keys_of(ruth, "dob")

    def test_a_stale_edit_is_refused_and_shows_theirs(self, ruth, by):
        seen = Identity.objects.get(person=ruth)
        theirs = actions.change_identity(
            by=by, person_id=ruth.pk, seen_id=seen.pk, facts=Facts("Ruth", "Fenn")
        )
        with pytest.raises(Stale) as refused:
            actions.change_identity(
                by=by, person_id=ruth.pk, seen_id=seen.pk, facts=Facts("Ruth", "Penn")
            )
        assert refused.value.theirs == theirs

    def test_the_same_again_changes_nothing(self, ruth, by):
        seen = Identity.objects.get(person=ruth)
        same = actions.change_identity(by=by, person_id=ruth.pk, seen_id=seen.pk, facts=RUTH)
        assert same == seen

    def test_says_which_columns_changed_and_not_to_what(self, ruth, by, as_):
        seen = Identity.objects.get(person=ruth)
        facts = Facts("Ruth", "Fenn", born_on=RUTH.born_on, sex=RUTH.sex)
        actions.change_identity(by=by, person_id=ruth.pk, seen_id=seen.pk, facts=facts)
        [entry] = entries("identity.change", as_)
        assert entry.detail == {"changed": ["family_name"]}

    @pytest.mark.parametrize("other", ["tess", "nell", "ida", "gwen", "adam"])
    def test_absent_for_whoever_may_not_see_it(self, ruth, by, as_, other):
        seen = Identity.objects.get(person=ruth)
        with as_(other) as wrong, pytest.raises(Http404):
            actions.change_identity(by=wrong, person_id=ruth.pk, seen_id=seen.pk, facts=RUTH)


class TestSafeContact:
    def test_replaces_what_was_seen(self, ruth, by):
        first = actions.set_safe_contact(by=by, person_id=ruth.pk, safe_to_call="no")
        second = actions.set_safe_contact(
            by=by, person_id=ruth.pk, seen_id=first.pk, safe_to_call="yes", when_safe=" mornings "
        )
        assert SafeContact.objects.get(person=ruth, superseded_at=None) == second
        assert second.when_safe == "mornings"

    def test_never_over_one_that_was_not_seen(self, ruth, by):
        first = actions.set_safe_contact(by=by, person_id=ruth.pk, safe_to_call="no")
        with pytest.raises(Stale) as refused:
            actions.set_safe_contact(by=by, person_id=ruth.pk, safe_to_call="yes")
        assert refused.value.theirs == first

    def test_knows_only_its_own_words(self, ruth, by):
        with pytest.raises(Refused):
            actions.set_safe_contact(by=by, person_id=ruth.pk, safe_to_call="perhaps")


class TestPhones:
    def test_is_found_by_while_it_holds(self, ruth, by):
        phone = actions.add_phone(by=by, person_id=ruth.pk, number="+447700900123", safe="yes")
        assert keys_of(ruth, "phone") == {"7700900123"}
        assert phone.envelope.kind == "safe-contact"
        actions.end_phone(by=by, phone_id=phone.pk)
        assert not keys_of(ruth, "phone")

    def test_the_same_number_again_replaces_what_was_said_of_it(self, ruth, by):
        actions.add_phone(by=by, person_id=ruth.pk, number="07700 900123", safe="yes")
        actions.add_phone(by=by, person_id=ruth.pk, number="+44 7700 900123", safe="no")
        assert [p.safe for p in Phone.objects.filter(person=ruth, superseded_at=None)] == ["no"]

    def test_refuses_what_is_no_number(self, ruth, by):
        with pytest.raises(Refused):
            actions.add_phone(by=by, person_id=ruth.pk, number="none", safe="yes")

    def test_cannot_be_ended_twice(self, ruth, by):
        phone = actions.add_phone(by=by, person_id=ruth.pk, number="07700 900123", safe="yes")
        actions.end_phone(by=by, phone_id=phone.pk)
        with pytest.raises(Http404):
            actions.end_phone(by=by, phone_id=phone.pk)


class TestAddresses:
    @pytest.mark.parametrize(("confidential", "kind"), [(True, "whereabouts"), (False, "identity")])
    def test_lies_with_its_keys_where_it_belongs(self, ruth, by, confidential, kind):
        address = actions.add_address(
            by=by,
            person_id=ruth.pk,
            lines="12 Mill Lane\nGrays",
            postcode="rm17 6sl",
            locality="grays",
            housing="council-tenant",
            confidential=confidential,
        )
        assert address.envelope.kind == kind
        key = SearchKey.objects.get(person=ruth, kind="postcode")
        assert (key.value, key.envelope_id) == ("RM176SL", address.envelope_id)

    def test_ending_it_takes_its_keys_and_leaves_the_others(self, ruth, by):
        one, two = (
            actions.add_address(
                by=by, person_id=ruth.pk, lines=line, postcode=postcode, confidential=False
            )
            for line, postcode in (("12 Mill Lane", "RM17 6SL"), ("3 Quay Road", "RM18 7AB"))
        )
        actions.end_address(by=by, address_id=one.pk)
        assert keys_of(ruth, "postcode") == {"RM187AB"}
        assert keys_of(ruth, "dob") == {"1986-04-03"}
        assert list(Address.objects.filter(superseded_at=None, person=ruth)) == [two]

    @pytest.mark.parametrize(
        "facts", [{}, {"locality": "narnia"}, {"lines": "12 Mill Lane", "housing": "castle"}]
    )
    def test_refuses_what_cannot_be(self, ruth, by, facts):
        with pytest.raises(Refused):
            actions.add_address(by=by, person_id=ruth.pk, confidential=False, **facts)

    def test_makes_the_envelope_of_somebody_who_has_none(self, by):
        child = actions.add_person(
            by=by, team_id=by.home_team_id, facts=Facts("Tom"), kinds=("identity",)
        )
        address = actions.add_address(
            by=by, person_id=child.pk, lines="12 Mill Lane", confidential=True
        )
        assert address.envelope.kind == "whereabouts"


class TestRelationships:
    @pytest.fixture
    def derek(self, by):
        return actions.add_person(
            by=by, team_id=by.home_team_id, facts=Facts("Derek", "Marsh"), kinds=("identity",)
        )

    def test_lies_in_the_story_of_one_side_only(self, ruth, derek, by):
        row = actions.relate(
            by=by,
            person_id=ruth.pk,
            other_id=derek.pk,
            kind="partner",
            lives_with=True,
            uses_abuse=True,
        )
        assert row.envelope.kind == "story"
        assert row.envelope.person_id == ruth.pk

    def test_said_again_it_replaces_what_was_said(self, ruth, derek, by):
        for kind in ("partner", "former-partner"):
            actions.relate(by=by, person_id=ruth.pk, other_id=derek.pk, kind=kind)
        holding = Relationship.objects.filter(person=ruth, superseded_at=None)
        assert [row.kind for row in holding] == ["former-partner"]

    def test_refuses_nonsense(self, ruth, derek, by):
        for other, kind, uses_abuse in (
            (ruth, "partner", False),
            (derek, "pet", False),
            (derek, "supporter", True),
        ):
            with pytest.raises(Refused):
                actions.relate(
                    by=by,
                    person_id=ruth.pk,
                    other_id=other.pk,
                    kind=kind,
                    uses_abuse=uses_abuse,
                )

    def test_ends(self, ruth, derek, by):
        row = actions.relate(by=by, person_id=ruth.pk, other_id=derek.pk, kind="partner")
        actions.end_relationship(by=by, relationship_id=row.pk)
        assert not Relationship.objects.filter(person=ruth, superseded_at=None).exists()


class TestReadOnly:
    """A team that may read but not write is told so; one that may not read is told nothing."""

    @pytest.fixture
    def tess_reads(self, ruth, by, world, as_):
        envelopes = [g.envelope for g in Grant.objects.filter(envelope__person_id=ruth.pk)]
        share(
            by=by,
            envelopes=[e for e in envelopes if e.kind == "identity"],
            team=Team.objects.get(code="housing-safeguarding"),
            purpose="support",
            basis="consent",
        )
        with as_("tess") as tess:
            yield tess

    def test_may_not_change_what_it_reads(self, ruth, tess_reads):
        seen = Identity.objects.get(person=ruth)
        with pytest.raises(Refused, match="may read this, but not change"):
            actions.change_identity(
                by=tess_reads, person_id=ruth.pk, seen_id=seen.pk, facts=Facts("Ruth")
            )

    def test_may_not_touch_what_is_closed(self, ruth, tess_reads):
        with pytest.raises(Http404):
            actions.set_safe_contact(by=tess_reads, person_id=ruth.pk, safe_to_call="yes")
