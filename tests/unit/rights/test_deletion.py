"""How long a record is kept, what holds it, and its deletion by two, which leaves counts."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from onestory.access.acting import acting
from onestory.agencies.actor import system_actor
from onestory.kernel.errors import Refused
from onestory.people.models import Relationship
from onestory.rights import actions, queries
from onestory.rights.models import Deletion, Hold, Review
from tests import kept
from tests.unit.rights.ending import end_everything

FAR = date(2060, 1, 1)


def decided(as_, person_id) -> Deletion:
    with as_("gwen") as by:
        reference = queries.reference_of(by, person_id)
        return actions.decide_deletion(by=by, reason="She asked.", reference=reference)


def confirmed(as_, person_id) -> Deletion:
    deletion = decided(as_, person_id)
    with as_("tess") as by:
        actions.confirm_deletion(by=by, deletion_id=deletion.pk)
    return deletion


def erase(deletion) -> dict:
    with acting(system_actor(), purpose="test") as scope:
        return actions.erase(by=scope.actor, deletion_id=deletion.pk)


@pytest.fixture(scope="module")
def rowan(beforehand):
    found = kept.whole(beforehand)
    end_everything(beforehand, found)
    return found


class TestDue:
    def find(self, today):
        with acting(system_actor(), purpose="test") as scope:
            return actions.find_due(by=scope.actor, today=today)

    def mine(self, as_, person_id):
        with as_("gwen"):
            return Review.objects.filter(person_id=person_id)

    def test_nothing_is_due_while_work_goes_on(self, as_, world):
        found = kept.whole(as_)
        self.find(FAR)
        assert not self.mine(as_, found.person_id)

    def test_due_so_long_after_the_last_ending(self, as_, rowan, answered):
        today = timezone.localdate()
        # An adult: seven years.
        eve = today.replace(year=today.year + 7) - timedelta(days=1)
        self.find(eve)
        assert not self.mine(as_, rowan.person_id)
        self.find(eve + timedelta(days=1))
        with as_("gwen"):
            review = Review.objects.get(person_id=rowan.person_id)
        assert review.last_ending_on == today
        assert (review.due_on - today).days in range(7 * 365, 7 * 366)

    def test_found_once(self, as_, rowan, answered):
        self.find(FAR)
        assert self.find(FAR) == 0

    def test_kept_longer_until_a_day(self, as_, rowan, answered):
        self.find(FAR)
        with as_("gwen") as by:
            review = Review.objects.get(person_id=rowan.person_id)
            until = FAR + timedelta(days=365)
            actions.keep_longer(by=by, review_id=review.pk, until=until, reason="An inquiry nears.")
        self.find(FAR)
        with as_("gwen"):
            assert not Review.objects.filter(person_id=rowan.person_id, decided_at=None).exists()
        self.find(until + timedelta(days=1))
        with as_("gwen"):
            assert Review.objects.filter(person_id=rowan.person_id, decided_at=None).exists()

    def test_those_in_her_life_stay_as_long_as_her_record(self, as_, rowan, answered):
        with as_("tess"):
            others = set(
                Relationship.objects.filter(person_id=rowan.person_id).values_list(
                    "other_id", flat=True
                )
            )
        self.find(FAR)
        with as_("gwen"):
            assert others and not Review.objects.filter(person_id__in=others).exists()

    def test_only_the_system_looks(self, as_, rowan, answered):
        with as_("gwen") as by:
            assert actions.find_due(by=by, today=FAR) == 0


@pytest.fixture
def answered(as_, rowan):
    """Nothing stands in the way: the police have had their answer."""
    kept.answered(as_, rowan.person_id)


class TestHeld:
    def test_nothing_is_deleted_while_a_hold_stands(self, as_, rowan):
        tomorrow = timezone.localdate() + timedelta(days=1)
        deletion = confirmed(as_, rowan.person_id)
        with as_("gwen") as by:
            hold = actions.place_hold(
                by=by, who="The public inquiry", why="Its notice", review_on=tomorrow
            )
        with pytest.raises(Refused):
            erase(deletion)
        with as_("gwen") as by:
            actions.lift_hold(by=by, hold_id=hold.pk, why="It has reported.")
        assert erase(deletion)

    def test_a_team_holds_only_whom_it_knows(self, as_, rowan):
        tomorrow = timezone.localdate() + timedelta(days=1)
        placed = {"who": "A court", "why": "An order", "review_on": tomorrow}
        with as_("tess") as by:
            actions.place_hold(by=by, person_id=rowan.person_id, **placed)
            with pytest.raises(Refused):
                actions.place_hold(by=by, **placed)
        with as_("gwen"):
            assert Hold.objects.get().reference

    def test_not_while_a_case_is_open(self, as_, world):
        found = kept.whole(as_)
        with pytest.raises(Refused, match="A case is open"):
            decided(as_, found.person_id)


class TestTwo:
    def test_nobody_confirms_their_own(self, as_, rowan):
        deletion = decided(as_, rowan.person_id)
        with as_("gwen") as by, pytest.raises(Refused, match="somebody else"):
            actions.confirm_deletion(by=by, deletion_id=deletion.pk)

    def test_unconfirmed_it_is_not_done(self, as_, rowan):
        deletion = decided(as_, rowan.person_id)
        with pytest.raises(Refused):
            erase(deletion)

    def test_cancelled_it_is_not_done(self, as_, rowan):
        deletion = confirmed(as_, rowan.person_id)
        with as_("tess") as by:
            actions.cancel_deletion(by=by, deletion_id=deletion.pk, why="She came back.")
        with pytest.raises(Refused):
            erase(deletion)

    def test_not_twice(self, as_, rowan):
        deletion = confirmed(as_, rowan.person_id)
        erase(deletion)
        with pytest.raises(Refused):
            erase(deletion)
