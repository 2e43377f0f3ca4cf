"""The end of a case: nobody is dropped silently, and what was opened for it closes."""

from datetime import timedelta

import pytest
from django.db import connection
from django.http import Http404
from django.utils import timezone

from onestory.access.models import Grant
from onestory.cases.models import Case
from onestory.kernel.errors import Refused, Stale
from onestory.kernel.ids import new_id
from onestory.people.models import Identity
from onestory.support import actions
from onestory.support.actions.endings import Ended
from onestory.support.models import Ending, Episode, Session
from onestory.support.queries import case_view, journey
from onestory.support.tasks import close_what_was_kept
from tests.supported import hold, meeting, tomorrow


def ended(**changes):
    """Of a case that never began."""
    values = {
        "on": timezone.localdate(),
        "reason": "survivor-ended",
        "outcome": "never-began",
        "words": "She found another way.",
        "told_survivor": True,
    }
    return Ended(**{**values, **changes})


def kept(days=30):
    day = timezone.localdate() + timedelta(days=days)
    return {"keep_reason": "proceedings", "keep_until": day}


def end(by, case, version=0, **changes):
    return actions.end_case(by=by, case_id=case.pk, version=version, ended=ended(**changes))


def test_what_was_opened_for_it_closes_with_it(as_, case):
    with as_("nora") as by:
        assert Identity.objects.filter(person=case.person_id).exists()
        end(by, case)
        assert not Identity.objects.filter(person=case.person_id).exists()
        assert not Case.objects.filter(pk=case.pk).exists()
        with pytest.raises(Http404):
            case_view(by, case.pk)
    with as_("tess") as by:
        (leg,) = journey(by, case.person_id)
        assert leg.episode.ended_on == timezone.localdate() == leg.referral.ended_on
        assert leg.episode.end_reason == "survivor-ended"


def test_a_reason_keeps_it_open_until_a_day(as_, case):
    with as_("nora") as by:
        end(by, case, **kept())
        view = case_view(by, case.pk)
        assert view.case.closed_on == view.episode.ended_on == timezone.localdate()
        assert view.ending.keep_reason == "proceedings"
        with pytest.raises(Refused, match="closed"):
            hold(by, case)
        with pytest.raises(Refused, match="longer"):
            actions.close_kept(by=by, ending_id=view.ending.pk)
        Ending.objects.update(keep_until=timezone.localdate() - timedelta(days=1))
    close_what_was_kept(timestamp=0)
    with as_("nora") as by:
        assert not Grant.objects.filter(pk__in=view.ending.grants).exists()
        with pytest.raises(Http404):
            case_view(by, case.pk)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"reason": "bored"}, "why it ends"),
        ({"outcome": "fine"}, "what came of it"),
        ({"outcome": "goals-reached"}, "No session has taken place"),
        ({"words": " "}, "still waiting"),
        ({"told_survivor": False}, "not told"),
        ({"on": timezone.localdate() + timedelta(days=1)}, "still to come"),
        ({"on": timezone.localdate() - timedelta(days=1)}, "before it was taken on"),
        ({**kept(), "keep_reason": "curiosity"}, "stays open"),
        (kept(-1), "a day to come"),
        (kept(400), "a year at most"),
        ({"goals": {new_id(): ("reached", None)}}, "each goal"),
    ],
)
def test_what_is_no_ending(as_, case, changes, why):
    with as_("nora") as by, pytest.raises(Refused, match=why):
        end(by, case, **changes)


def test_goals_are_settled_with_it(as_, case):
    with as_("nora") as by:
        goal = actions.set_goal(by=by, case_id=case.pk, goal_id=new_id(), words="To sleep", value=2)
        with pytest.raises(Refused, match="each goal"):
            end(by, case, **kept())
        end(by, case, goals={goal.pk: ("partly", 6)}, **kept())
        (one,) = case_view(by, case.pk).plan.goals
        assert (one.goal.end, one.at("end").value) == ("partly", 6)


def test_what_is_planned_is_cancelled_knowingly(as_, case):
    with as_("nora") as by:
        key = new_id()
        actions.plan_session(
            by=by, case_id=case.pk, session_id=key, meeting=meeting(by, **tomorrow())
        )
        with pytest.raises(Refused, match="still planned"):
            end(by, case, **kept())
        end(by, case, drop_planned=True, absence="work-ended", **kept())
        session = Session.objects.get(pk=key)
        assert (session.state, session.absence) == ("not-attended", "work-ended")


def test_a_pause_ends_with_it(as_, case):
    with as_("nora") as by:
        hold(by, case)
        actions.pause_wait(
            by=by,
            case_id=case.pk,
            version=1,
            asked_by="survivor",
            from_on=timezone.localdate(),
        )
        end(by, case, version=2, **kept())
        episode = Episode.objects.get(case=case)
        assert episode.paused_since is None
        assert episode.pauses.get().until_on == timezone.localdate()


def test_two_at_once_only_one_ends_it(as_, case):
    with as_("nora") as by:
        hold(by, case)
        with pytest.raises(Stale):
            end(by, case, version=0)
        end(by, case, version=1, **kept())
        with pytest.raises(Refused, match="closed"):
            end(by, case, version=2)


def test_the_team_that_recorded_somebody_keeps_what_is_its_own(as_, graded_case):
    with as_("petra") as by:
        end(by, graded_case, on=timezone.localdate())
        view = case_view(by, graded_case.pk)
        assert view.ending.grants == []
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM support_ending")
            assert cursor.fetchone() == (1,)
