"""Checklists: counted, judged, kept as they were; results from outside; bad input in plain words."""

from datetime import date, timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from onestory.agencies import pack as packs
from onestory.kernel.errors import Refused
from onestory.people.actions import Facts, add_person
from onestory.risk import queries
from onestory.risk.actions import checklists as actions
from onestory.risk.models import RiskAssessment
from tests.danger import answers, asked, judged, of, received


@pytest.fixture
def meera(world):
    return world.id("meera")


def test_what_it_came_to_and_how_it_was_judged_stand_together(as_, meera):
    with as_("ida") as by:
        row = judged(by, meera, 10, 5, "high", "He has found where she works.")
        assert (row.yes, row.no, row.unknown, row.not_asked) == (10, 5, 0, 9)
        assert (row.computed, row.threshold) == ("medium", "dash-24-local")
        assert (row.level, row.instrument, row.version) == ("high", "dash-24", 1)
        assert queries.latest(by, meera) == row


@pytest.mark.parametrize(
    ("yes", "level", "reason", "said"),
    [
        (14, "medium", "She is calm.", "never lower it"),
        (10, "high", "", "why you judge it higher"),
        (10, "severe", "Very.", "Choose the level"),
        (3, "", "", "Choose the level"),
    ],
)
def test_a_judgement_that_may_not_stand_is_refused_and_nothing_written(
    as_, meera, yes, level, reason, said
):
    with as_("ida") as by:
        with pytest.raises(Refused, match=said):
            judged(by, meera, yes, 24 - yes, level, reason)
        assert queries.latest(by, meera) is None


def test_a_form_without_a_number_of_its_own_is_judged_with_a_reason(as_, meera):
    with as_("ida") as by:
        sitting = asked(by, meera, "dash-27", **answers(20))
        with pytest.raises(Refused, match="has no level by count"):
            actions.assess(by=by, sitting_id=sitting.pk, level="high")
        row = actions.assess(by=by, sitting_id=sitting.pk, level="high", reason="All of it.")
        assert (row.computed, row.threshold, row.yes, row.not_asked) == ("", "", 20, 7)


def test_what_is_known_counts_only_once_it_is_confirmed(as_, meera):
    with as_("ida") as by:
        judged(by, meera, 12, 3, "medium")
        sitting = asked(by, meera, "dash-27", animals="yes")
        row = actions.assess(by=by, sitting_id=sitting.pk, level="high", reason="As before.")
        assert (row.yes, row.not_asked) == (1, 26)


def test_a_later_answer_or_rule_changes_nothing_of_an_earlier_result(as_, meera, monkeypatch):
    with as_("ida") as by:
        before = judged(by, meera, 10, 5, "medium")
        judged(by, meera, 0, 15, "standard", "All has stopped.")
        rules = packs.pack().risk_thresholds
        monkeypatch.setattr(rules["dash-24-local"].bands[1], "__dict__", {"level": "high"})
        before.refresh_from_db()
        assert (before.yes, before.computed, before.level) == (10, "medium", "medium")


def test_written_down_twice_it_is_one_and_otherwise_no_more(as_, meera):
    with as_("ida") as by:
        sitting = asked(by, meera, **answers(4, 12))
        first = actions.assess(by=by, sitting_id=sitting.pk, level="standard")
        assert actions.assess(by=by, sitting_id=sitting.pk, level="standard") == first
        with pytest.raises(Refused, match="written down already"):
            actions.assess(by=by, sitting_id=sitting.pk, level="high", reason="After all.")
        assert RiskAssessment.objects.count() == 1


def test_nothing_answered_is_no_result(as_, meera):
    with as_("ida") as by:
        sitting = asked(by, meera)
        with pytest.raises(Refused, match="Nothing has been answered"):
            actions.assess(by=by, sitting_id=sitting.pk, level="high", reason="I know her.")


def test_a_child_of_15_is_asked_by_the_form_for_young_people(as_):
    with as_("ida") as by:
        born = timezone.localdate() - timedelta(days=15 * 366)
        facts = Facts("Amy", "Lowe", born_on=born, sex="female")
        amy = add_person(by=by, team_id=by.home_team_id, facts=facts).pk
        with pytest.raises(Refused, match="16 and over. Use: DASH for young people"):
            actions.begin_checklist(**of(by, amy), instrument="dash-24")
        begun = actions.begin_checklist(**of(by, amy), instrument="young-people-dash")
        assert begun.instrument == "young-people-dash"


@pytest.mark.parametrize("form", ["dara", "needs-assessment", "no-such-form"])
def test_what_is_no_checklist_of_ours_is_not_begun(as_, meera, form):
    with as_("ida") as by, pytest.raises(Refused, match="asked here"):
        actions.begin_checklist(**of(by, meera), instrument=form)


def test_a_result_from_outside_is_kept_as_its_sender_judged_it(as_, meera):
    with as_("ida") as by:
        row = received(by, meera, on=date(2026, 3, 1), level="medium")
        assert (row.sent_by, row.level, row.computed, row.sitting) == (
            "Essex Police",
            "medium",
            "",
            None,
        )
        assert timezone.localdate(row.assessed_at) == date(2026, 3, 1)
        later = judged(by, meera)
        assert list(queries.assessments(by, meera)) == [later, row]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"sent_by": " "}, "who sent it"),
        ({"form": "dash-7"}, "Choose the form"),
        ({"on": timezone.localdate() + timedelta(days=2)}, "still to come"),
        ({"level": "severe"}, "Choose the level"),
        ({"form": "dash-24", "score": 25}, "24 questions"),
        ({"form": "dash-24", "score": 14, "level": "medium"}, "never lower it"),
    ],
)
def test_bad_results_from_outside_are_refused_in_plain_words(as_, meera, changes, said):
    values = {"on": timezone.localdate(), **changes}
    with as_("ida") as by, pytest.raises(Refused, match=said):
        received(by, meera, **values)


def test_another_team_finds_nothing_and_says_nothing(as_, meera):
    with as_("ida") as by:
        row, sitting = judged(by, meera), asked(by, meera, fear="yes")
    with as_("tess") as by:
        assert not RiskAssessment.objects.exists()
        with pytest.raises(Http404):
            queries.assessment(by, row.pk)
        with pytest.raises(Http404):
            actions.assess(by=by, sitting_id=sitting.pk, level="high", reason="x")
        with pytest.raises(Http404):
            received(by, meera, on=timezone.localdate())
