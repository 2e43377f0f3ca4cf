"""Goals in her words, measured; steps; the plan as it was."""

from datetime import timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from onestory.kernel.errors import Refused, Stale
from onestory.kernel.ids import new_id
from onestory.support import actions
from onestory.support.models import Goal, Measure, Step
from onestory.support.queries import plan, plan_of_case

WORDS = "To sleep through the night 💤"


@pytest.fixture
def goal(as_, case):
    with as_("nora") as by:
        return actions.set_goal(by=by, case_id=case.pk, goal_id=new_id(), words=WORDS, value=3)


def test_a_goal_is_measured_at_the_start_at_a_review_and_at_the_end(as_, case, goal):
    with as_("nora") as by:
        for at, value in (("review", 5), ("end", 8)):
            actions.measure_goal(by=by, goal_id=goal.pk, at=at, value=value)
        (one,) = plan_of_case(by, case.pk).goals
        assert one.goal.words == WORDS
        assert [(m.at, m.value) for m in one.measures] == [("start", 3), ("review", 5), ("end", 8)]
        assert (one.first.value, one.latest.value, one.at("review").value) == (3, 8, 5)


@pytest.mark.parametrize("value", [0, 11, 2.5])
def test_her_own_word_is_from_1_to_10(as_, goal, value):
    with as_("nora") as by, pytest.raises(Refused, match="1 to 10"):
        actions.measure_goal(by=by, goal_id=goal.pk, at="review", value=value)


def test_a_goal_by_an_instrument_has_points_of_its_own(as_, case):
    with as_("nora") as by:
        goal = actions.set_goal(
            by=by, case_id=case.pk, goal_id=new_id(), words="Calm", instrument="how-things-are"
        )
        actions.measure_goal(by=by, goal_id=goal.pk, at="start", value=17, sitting_id=new_id())
        assert Measure.objects.get(thread=goal.thread).value == 17


def test_in_other_words_it_is_the_same_goal_and_the_first_words_stay(as_, case, goal):
    with as_("nora") as by:
        after = actions.reword_goal(by=by, goal_id=goal.pk, words="To sleep")
        (one,) = plan_of_case(by, case.pk).goals
        assert (one.goal.words, one.goal.thread) == ("To sleep", goal.thread)
        assert one.first.value == 3
        assert Goal.objects.get(pk=goal.pk).words == WORDS
        with pytest.raises(Stale) as stale:
            actions.reword_goal(by=by, goal_id=goal.pk, words="To rest")
        assert stale.value.theirs.pk == after.pk


def test_a_goal_that_has_ended_is_not_changed(as_, case, goal):
    with as_("nora") as by:
        ended = actions.end_goal(by=by, goal_id=goal.pk, end="reached")
        assert not plan_of_case(by, case.pk).open_goals
        with pytest.raises(Refused, match="has ended"):
            actions.measure_goal(by=by, goal_id=ended.pk, at="end", value=9)


def test_steps_are_agreed_done_and_dropped(as_, case, goal):
    with as_("nora") as by:
        key = new_id()
        step = {"by": by, "case_id": case.pk, "words": "Write to the school", "who": "Nora"}
        for _ in range(2):
            actions.agree_step(**step, step_id=key, thread=goal.thread)
        other = actions.agree_step(**{**step, "words": "Ring the doctor"}, step_id=new_id())
        assert [s.words for s in plan(by, case.person_id).steps] == [
            "Write to the school",
            "Ring the doctor",
        ]
        done = actions.step_done(by=by, step_id=key)
        assert done.done_on == timezone.localdate()
        actions.drop_step(by=by, step_id=other.pk)
        assert [s.words for s in plan_of_case(by, case.pk).steps] == ["Write to the school"]
        with pytest.raises(Stale):
            actions.step_done(by=by, step_id=other.pk)
        with pytest.raises(Http404):
            actions.agree_step(**step, step_id=new_id(), thread=new_id())


def test_the_plan_as_it_was_on_a_day(as_, case, goal):
    today = timezone.localdate()
    with as_("nora") as by:
        before = timezone.now() - timedelta(days=9)
        actions.end_goal(by=by, goal_id=goal.pk, end="partly")
        actions.agree_step(by=by, case_id=case.pk, step_id=new_id(), words="A", who="B")
        # Only the owner of the table could move it back; so it is asked for the day before.
        yesterday = plan_of_case(by, case.pk, on=today - timedelta(days=1))
        assert (yesterday.goals, yesterday.steps) == ((), ())
        now = plan_of_case(by, case.pk, on=today)
        assert [one.goal.end for one in now.goals] == ["partly"]
        assert len(now.steps) == 1
        assert now.changed_on == (today,)
        assert before.date() < today


def test_nothing_is_agreed_in_no_words(as_, case):
    with as_("nora") as by:
        with pytest.raises(Refused, match="few words"):
            actions.set_goal(by=by, case_id=case.pk, goal_id=new_id(), words="  ")
        with pytest.raises(Refused, match="who does it"):
            actions.agree_step(by=by, case_id=case.pk, step_id=new_id(), words="Write", who=" ")


def test_another_team_sees_no_plan(as_, case, goal):
    for name in ("tess", "isla"):
        with as_(name) as by:
            assert plan(by, case.person_id).goals == ()
            assert not Step.objects.exists()
            with pytest.raises(Http404):
                actions.reword_goal(by=by, goal_id=goal.pk, words="Mine")
