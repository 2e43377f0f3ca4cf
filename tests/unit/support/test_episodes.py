"""Who holds a case, sessions and what follows from them, pauses, and what the sender sees."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.http import Http404
from django.utils import timezone

from onestory.agencies.pack import pack
from onestory.cases.actions import return_referral
from onestory.cases.models import Referral
from onestory.kernel.errors import Refused, Stale
from onestory.kernel.ids import new_id
from onestory.support import actions
from onestory.support.models import Episode, Session
from onestory.support.queries import appointments, case_view, journey, waiting
from onestory.support.queries.mine import counts, held, nobodys
from onestory.support.rules.states import State, state
from tests.supported import hold, meeting, tomorrow


def test_a_case_begins_held_by_nobody_and_is_taken_on(as_, case):
    with as_("nora") as by:
        assert [row.pk for row in nobodys(by).rows] == [case.pk]
        hold(by, case)
        assert not nobodys(by).rows
        (mine,) = held(by).rows
        assert (mine.case_id, mine.check_in_on) == (
            case.pk,
            timezone.localdate() + timedelta(days=7),
        )
        found = counts(by, timezone.now(), timezone.localdate())
        assert (found.people, found.due, found.nobodys, found.calls) == (1, 0, 0, 1)


def test_only_who_works_with_cases_there_can_hold_it(as_, case, world):
    with as_("nora") as by:
        for name in ("theo", "gwen"):
            with pytest.raises(Refused, match="in this team"):
                hold(by, case, holder_id=UUID(world.users[name]))


def test_two_at_once_the_second_sees_what_the_first_did(as_, case):
    with as_("nora") as by:
        hold(by, case)
        with pytest.raises(Stale) as stale:
            hold(by, case, version=0, check_in_days=14)
        assert stale.value.theirs.check_in_days == 7


def test_another_team_finds_no_case(as_, case):
    for name in ("tess", "isla", "olu"):
        with as_(name) as by, pytest.raises(Http404):
            hold(by, case)


def test_a_session_attended_ends_the_wait_and_moves_the_check_in(as_, case):
    with as_("nora") as by:
        hold(by, case)
        Episode.objects.filter(case=case).update(check_in_on=timezone.localdate())
        actions.record_session(
            by=by, case_id=case.pk, session_id=new_id(), meeting=meeting(by), attended=True
        )
        episode = Episode.objects.get(case=case)
        assert state(episode) is State.STARTED
        assert episode.first_session_on == timezone.localdate()
        assert episode.sessions_attended == 1
        assert episode.check_in_on == timezone.localdate() + timedelta(days=7)
        assert waiting(by, case).over


def test_support_while_waiting_is_counted_apart_and_does_not_end_the_wait(as_, case):
    with as_("nora") as by:
        for kind in ("emotional-support", "practical-support"):
            actions.record_session(
                by=by,
                case_id=case.pk,
                session_id=new_id(),
                meeting=meeting(by, kind=kind, channel="telephone"),
                attended=True,
            )
        episode = Episode.objects.get(case=case)
        assert (episode.sessions_attended, episode.support_attended) == (0, 2)
        assert state(episode) is State.WAITING
        assert not waiting(by, case).over


def test_an_appointment_is_planned_moved_and_settled(as_, case):
    with as_("nora") as by:
        key = new_id()
        session = actions.plan_session(
            by=by, case_id=case.pk, session_id=key, meeting=meeting(by, **tomorrow())
        )
        again = actions.plan_session(
            by=by, case_id=case.pk, session_id=key, meeting=meeting(by, **tomorrow(place="Room 9"))
        )
        assert again.place == "Room 2" and Session.objects.count() == 1
        assert [one.pk for one in appointments(by, case.person_id)] == [key]
        actions.move_session(
            by=by, session_id=key, version=0, meeting=meeting(by, **tomorrow(place="Room 3"))
        )
        with pytest.raises(Stale) as stale:
            actions.settle_session(
                by=by, session_id=key, version=0, attended=False, absence="did-not-come"
            )
        assert stale.value.theirs.place == "Room 3"
        with pytest.raises(Refused, match="still to come"):
            actions.settle_session(by=by, session_id=key, version=1, attended=True)
        with pytest.raises(Refused, match="why"):
            actions.settle_session(by=by, session_id=key, version=1, attended=False)
        actions.settle_session(
            by=by, session_id=key, version=1, attended=False, absence="cancelled-by-us"
        )
        assert not appointments(by, case.person_id)
        assert Episode.objects.get(case=case).sessions_attended == 0
        assert session.own


def test_what_was_said_wrongly_is_said_again_and_counted_anew(as_, case):
    with as_("nora") as by:
        key = new_id()
        actions.record_session(
            by=by, case_id=case.pk, session_id=key, meeting=meeting(by), attended=True
        )
        actions.settle_session(
            by=by, session_id=key, version=0, attended=False, absence="did-not-come"
        )
        episode = Episode.objects.get(case=case)
        assert (episode.first_session_on, episode.sessions_attended) == (None, 0)


def test_a_pause_she_asked_for_is_shown_apart(as_, case):
    today = timezone.localdate()
    with as_("nora") as by:
        hold(by, case)
        Episode.objects.filter(case=case).update(decided_on=today - timedelta(days=30))
        actions.pause_wait(
            by=by,
            case_id=case.pk,
            version=1,
            asked_by="survivor",
            from_on=today - timedelta(days=10),
        )
        assert state(Episode.objects.get(case=case)) is State.PAUSED
        with pytest.raises(Refused, match="already"):
            actions.pause_wait(by=by, case_id=case.pk, version=2, asked_by="service", from_on=today)
        with pytest.raises(Refused, match="too early"):
            actions.resume_wait(
                by=by, case_id=case.pk, version=2, until_on=today - timedelta(days=11)
            )
        actions.resume_wait(by=by, case_id=case.pk, version=2, until_on=today - timedelta(days=3))
        wait = waiting(by, case)
        assert (wait.days, wait.paused_by_survivor, wait.of_service) == (30, 7, 23)
        with pytest.raises(Refused, match="not paused"):
            actions.resume_wait(by=by, case_id=case.pk, version=3, until_on=today)


def test_who_referred_sees_how_it_goes_and_not_what_was_said(as_, case):
    with as_("nora") as by:
        hold(by, case)
        actions.record_session(
            by=by,
            case_id=case.pk,
            session_id=new_id(),
            meeting=meeting(by),
            attended=True,
            words="She spoke of the winter.",
        )
    with as_("tess") as by:
        (leg,) = journey(by, case.person_id)
        assert leg.episode.sessions_attended == 1
        assert leg.episode.first_session_on == timezone.localdate()
        assert leg.episode.holder.name == "Nora Fielding"
        assert leg.referral.begun_on == timezone.localdate()
        assert not Session.objects.exists()
        with pytest.raises(Http404):
            case_view(by, case.pk)
    with as_("olu") as by:
        assert journey(by, case.person_id) == []


def test_who_was_given_back_is_nobodys_to_hold_and_the_sender_sees_it(as_, case):
    with as_("nora") as by:
        hold(by, case)
        referral = Referral.objects.get(pk=case.referral_id)
        return_referral(
            by=by,
            referral_id=referral.pk,
            version=referral.version,
            reason=next(iter(pack().return_reasons)).code,
        )
        assert not held(by).rows and not nobodys(by).rows
        assert counts(by, timezone.now(), timezone.localdate()).people == 0
    with as_("tess") as by:
        (leg,) = journey(by, case.person_id)
        assert leg.referral.returned_at and leg.wait.over
        assert leg.late == ""


def test_a_referral_that_nobody_answers_is_late_on_the_journey(as_, referral):
    with as_("tess") as by:
        past = timezone.now() - timedelta(days=3)
        referral.__class__.objects.filter(pk=referral.pk).update(
            acknowledge_by=past, answer_by=past
        )
        (leg,) = journey(by, referral.person_id)
        assert leg.late == "Nobody has acknowledged it"


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"kind": "seance"}, "what kind"),
        ({"channel": "owl"}, "how you meet"),
        ({"minutes": 0}, "minutes"),
        ({"starts_at": timezone.now() + timedelta(days=2)}, "still to come"),
    ],
)
def test_what_is_no_session(as_, case, changes, why):
    with as_("nora") as by, pytest.raises(Refused, match=why):
        actions.record_session(
            by=by,
            case_id=case.pk,
            session_id=new_id(),
            meeting=meeting(by, **changes),
            attended=True,
        )


def test_a_case_without_a_referral_waits_from_the_day_it_was_opened(as_, case):
    with as_("nora") as by:
        assert waiting(by, case).days == 0
        case.referral = None
        case.referral_id = None
        assert case.opened_on == date(2026, 1, 5)
        assert waiting(by, case).days == (timezone.localdate() - case.opened_on).days
