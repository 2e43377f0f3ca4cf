"""Joining two records, undoing it, and what other teams are told."""

import pytest
from django.http import Http404

from onestory.access.models import Entry
from onestory.kernel.errors import Refused
from onestory.people import actions
from onestory.people.actions import Facts
from onestory.people.models import AccessRequest, Join, MatchNotice, Person


@pytest.fixture
def by(as_):
    with as_("mina") as actor:
        yield actor


@pytest.fixture
def two(by):
    return [
        actions.add_person(by=by, team_id=by.home_team_id, facts=Facts("Wanda", family))
        for family in ("Oakes", "Oaks")
    ]


def joined(by, kept, other, reason="She said so."):
    return actions.join(by=by, kept_id=kept.pk, joined_id=other.pk, reason=reason)


class TestJoin:
    def test_is_a_decision_with_its_weight_and_reason(self, by, two):
        row = joined(by, *two)
        assert Person.objects.get(pk=two[1].pk).joined_into_id == two[0].pk
        assert (row.joined_by_id, row.reason) == (by.user_id, "She said so.")
        assert row.weight > 0

    def test_is_on_the_record_and_so_is_its_undoing(self, by, two, as_):
        row = joined(by, *two)
        actions.undo_join(by=by, join_id=row.pk, reason="Sisters.")
        with as_("gwen"):
            verbs = Entry.objects.filter(subject=f"join:{row.pk}").values_list("verb", flat=True)
            assert list(verbs.order_by("id")) == ["person.join", "person.unjoin"]

    def test_undone_leaves_two_records_and_the_decision(self, by, two):
        row = joined(by, *two)
        actions.undo_join(by=by, join_id=row.pk, reason="Sisters.")
        assert Person.objects.get(pk=two[1].pk).joined_into_id is None
        assert Join.objects.get(pk=row.pk).undo_reason == "Sisters."
        joined(by, *two)

    def test_refuses_what_makes_no_sense(self, by, two):
        one, other = two
        third = actions.add_person(by=by, team_id=by.home_team_id, facts=Facts("Jo"))
        for kept, gone, reason in ((one, one, "x"), (one, other, "  ")):
            with pytest.raises(Refused):
                joined(by, kept, gone, reason)
        joined(by, one, other)
        joined(by, third, one)
        for kept, gone in ((one, other), (other, one), (other, third)):
            with pytest.raises(Refused, match="joined already"):
                joined(by, kept, gone)

    def test_cannot_be_undone_twice(self, by, two):
        row = joined(by, *two)
        actions.undo_join(by=by, join_id=row.pk, reason="Sisters.")
        with pytest.raises(Refused, match="already"):
            actions.undo_join(by=by, join_id=row.pk, reason="Sisters.")

    def test_is_for_managers(self, two, as_):
        with as_("petra") as petra, pytest.raises(Refused):
            joined(petra, *two)

    def test_both_must_be_known(self, by, two, world):
        meera = Person(id=world.id("meera"))
        for kept, gone in ((two[0], meera), (meera, two[0])):
            with pytest.raises(Http404):
                joined(by, kept, gone)


class TestNotices:
    def test_the_holder_is_told_and_settles_it(self, as_, world):
        with as_("olu") as olu:
            notice = MatchNotice.objects.get(person=world.id("derek"))
            assert notice.other_team.code == "pass"
            actions.settle_notice(by=olu, notice_id=notice.pk, how="same")
            notice.refresh_from_db()
            assert notice.settled_by_id == olu.user_id
            with pytest.raises(Refused, match="settled"):
                actions.settle_notice(by=olu, notice_id=notice.pk, how="different")

    def test_knows_only_its_own_outcomes(self, as_, world):
        with as_("olu") as olu, pytest.raises(Refused):
            notice = MatchNotice.objects.get(person=world.id("derek"))
            actions.settle_notice(by=olu, notice_id=notice.pk, how="whatever")


class TestAsking:
    """Tess knows who Ruth is, and asks Olu's team for how to reach her safely."""

    @pytest.fixture(autouse=True)
    def tess_knows_her(self, ruth, share_with):
        share_with("housing-safeguarding", ruth, "identity")

    def ask(self, tess, ruth, **changes):
        said = {
            "person_id": ruth,
            "kind": "safe-contact",
            "team_id": tess.home_team_id,
            "purpose": "support",
            "words": "We meet her on Monday.",
        }
        return actions.ask(by=tess, **(said | changes))

    def test_yes_opens_it_on_a_basis(self, ruth, as_):
        with as_("tess") as tess:
            asked = self.ask(tess, ruth)
        with as_("olu") as olu:
            actions.answer_request(by=olu, request_id=asked.pk, agreed=True, basis="consent")
        with as_("tess") as tess:
            assert AccessRequest.objects.get(pk=asked.pk).agreed
            with pytest.raises(Refused, match="open to you already"):
                self.ask(tess, ruth)

    def test_no_needs_a_reason_and_opens_nothing(self, ruth, as_):
        with as_("tess") as tess:
            asked = self.ask(tess, ruth)
        with as_("olu") as olu:
            with pytest.raises(Refused):
                actions.answer_request(by=olu, request_id=asked.pk, agreed=False)
            actions.answer_request(
                by=olu, request_id=asked.pk, agreed=False, answer="She asked us not to."
            )
        with as_("tess") as tess:
            assert AccessRequest.objects.get(pk=asked.pk).answer == "She asked us not to."
            self.ask(tess, ruth)

    def test_once_at_a_time(self, ruth, as_):
        with as_("tess") as tess:
            self.ask(tess, ruth)
            with pytest.raises(Refused, match="already"):
                self.ask(tess, ruth)

    @pytest.mark.parametrize(
        "changes", [{"purpose": "gossip"}, {"words": " "}, {"kind": "identity"}]
    )
    def test_refuses(self, ruth, as_, changes):
        with as_("tess") as tess, pytest.raises(Refused):
            self.ask(tess, ruth, **changes)

    def test_only_about_somebody_who_is_known(self, as_, world):
        with as_("tess") as tess, pytest.raises(Http404):
            self.ask(tess, world.id("meera"))

    @pytest.mark.parametrize("other", ["tess", "nell", "bart", "gwen"])
    def test_only_a_holder_answers(self, ruth, as_, other):
        with as_("tess") as tess:
            asked = self.ask(tess, ruth)
        with as_(other) as wrong, pytest.raises(Http404):
            actions.answer_request(by=wrong, request_id=asked.pk, agreed=True, basis="consent")
