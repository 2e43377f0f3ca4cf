"""Repeats that the system finds by itself: by whomever they are noticed, within the months of the rule."""

from datetime import date, timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from onestory.cases.actions import record_contact
from onestory.kernel.errors import Refused
from onestory.kernel.ids import new_id
from onestory.marac import actions, queries
from onestory.marac.models import FoundRepeat, Referral
from onestory.marac.rules.criteria import after_months, is_repeat
from onestory.marac.views import words
from onestory.risk.actions.changes import change_risk
from onestory.risk.actions.orders import record_breach, record_order
from onestory.risk.rules.orders import Terms
from tests.disclosures import told
from tests.marac import accepted, pair, referred


@pytest.mark.parametrize(
    "last, on, repeat",
    [
        (date(2025, 3, 1), date(2026, 3, 1), True),
        (date(2025, 3, 1), date(2026, 3, 2), False),
        (date(2024, 2, 29), date(2025, 2, 28), True),
        (date(2024, 2, 29), date(2025, 3, 1), False),
        (date(2025, 3, 2), date(2025, 3, 1), False),
    ],
)
def test_within_twelve_months_of_the_last_referral(last, on, repeat):
    assert is_repeat(last, on, 12) is repeat


def test_months_end_on_the_last_day_there_is():
    assert after_months(date(2025, 8, 31), 6) == date(2026, 2, 28)
    assert after_months(date(2025, 12, 31), 12) == date(2026, 12, 31)


@pytest.fixture
def closed_case(as_):
    case = accepted(as_, referred(as_, pair(as_)))
    with as_("cora") as by:
        return actions.close_case(
            by=by, referral_id=case.pk, version=case.version, outcome="risk-lower"
        )


def noticed(as_, case) -> None:
    """Tess's team hears of it: a contact of which the coordinators hold nothing."""
    with as_("tess") as by:
        record_contact(
            by=by,
            team_id=by.home_team_id,
            told=told(who=None, phone="", home=None),
            person_id=case.person_id,
        )


def test_a_contact_is_noticed_and_tells_no_more_than_case_day_and_team(as_, closed_case):
    noticed(as_, closed_case)
    with as_("cora") as by:
        (found,) = queries.found_repeats(by)
        assert found.referral_id == closed_case.pk
        assert found.day == timezone.localdate()
        assert len(found) == 3
    for name in ("tess", "pru", "ida"):
        with as_(name) as by:
            assert queries.found_repeats(by) == []


def test_a_change_of_the_danger_is_noticed(as_, closed_case):
    with as_("petra") as by:
        change_risk(
            by=by,
            team_id=by.home_team_id,
            person_id=closed_case.person_id,
            change_id=new_id(),
            kind="threat",
        )
    with as_("cora") as by:
        assert queries.found_repeats(by) == [
            (closed_case.pk, timezone.localdate(), closed_case.from_team_id)
        ]


def test_an_order_that_was_broken_is_noticed(as_, closed_case):
    """It lies in the record of the person using abuse, where no survivor is named."""
    today = timezone.localdate()
    with as_("petra") as by:
        order = record_order(
            by=by,
            person_id=closed_case.abuser_id,
            team_id=by.home_team_id,
            terms=Terms(
                "police-bail",
                today,
                today + timedelta(days=20),
                "Grays police",
                "Not to come near.",
                "partner",
            ),
        )
        record_breach(
            by=by,
            order_id=order.pk,
            team_id=by.home_team_id,
            on=today,
            what="He stood outside the school.",
            police_know="yes",
        )
    with as_("cora") as by:
        assert [(one.referral_id, one.day) for one in queries.found_repeats(by)] == [
            (closed_case.pk, today)
        ]


def test_what_is_found_is_brought_again_as_a_repeat(as_, closed_case):
    noticed(as_, closed_case)
    with as_("cora") as by:
        (found,) = queries.found_repeats(by)
        key = new_id()
        what = {"by": by, "referral_id": found.referral_id, "on": found.day}
        again = actions.bring_again(
            **what, team_id=found.team_id, new_id=key, words="He was at the door."
        )
        assert again.repeat_of_id == closed_case.pk and again.repeat_rule
        assert queries.found_repeats(by) == []
        (rule,) = [
            row.value for row in words.facts(queries.Picture(by, again)) if row.key == "Repeat"
        ]
        assert rule.startswith("Yes: Any abuse between the same two within twelve months")
        # Sent twice, it is one.
        actions.bring_again(**what, team_id=found.team_id, new_id=key, words="He was there.")
        assert Referral.objects.filter(repeat_of=closed_case).count() == 1


def test_what_is_none_is_said_to_be_none_once(as_, closed_case):
    noticed(as_, closed_case)
    with as_("cora") as by:
        (found,) = queries.found_repeats(by)
        what = {"by": by, "referral_id": found.referral_id, "on": found.day}
        with pytest.raises(Refused, match="Say why"):
            actions.dismiss_repeat(**what, team_id=found.team_id, words="")
        actions.dismiss_repeat(**what, team_id=found.team_id, words="Somebody else.")
        assert FoundRepeat.objects.get().how == "not"
        assert queries.found_repeats(by) == []
        with pytest.raises(Http404):
            actions.dismiss_repeat(**what, team_id=found.team_id, words="Once more.")


def test_what_nobody_noticed_cannot_be_brought_again(as_, closed_case):
    with as_("cora") as by, pytest.raises(Http404):
        actions.bring_again(
            by=by,
            referral_id=closed_case.pk,
            on=timezone.localdate() - timedelta(days=1),
            team_id=closed_case.from_team_id,
            new_id=new_id(),
            words="Made up.",
        )
