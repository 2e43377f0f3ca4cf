"""First calls: every attempt is kept, and the clock runs until somebody has spoken to her."""

from datetime import timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from onestory.kernel.errors import Refused
from onestory.kernel.ids import new_id
from onestory.people.actions import set_safe_contact
from onestory.people.models import SafeContact
from onestory.support.actions import hold_case, record_call
from onestory.support.models import Call, Episode
from onestory.support.queries import calls, clock_of_call
from onestory.support.queries.calling import first_calls
from tests.supported import taken_on


@pytest.fixture
def ring(as_, referral):
    """``ring("not-answered")`` is one attempt of Nora's."""

    def call(outcome, **given):
        with as_("nora") as by:
            given = {"call_id": new_id(), **given}
            return record_call(
                by=by,
                team_id=by.home_team_id,
                person_id=referral.person_id,
                outcome=outcome,
                **given,
            )

    return call


def clock(by, referral):
    ids = [referral.person_id]
    return clock_of_call(by, ids, calls(by, ids))


def test_it_is_due_within_48_hours_of_the_referral(as_, referral):
    with as_("nora") as by:
        found = clock(by, referral)
        assert found.due_at == referral.sent_at + timedelta(hours=48)
        assert (found.attempts, found.next_at, found.reached_at) == (0, None, None)
        assert [row.pk for row in first_calls(by).rows] == [referral.pk]


def test_attempts_count_and_the_clock_runs_on_until_she_answers(as_, referral, ring):
    tomorrow = timezone.now() + timedelta(days=1)
    ring("not-answered", next_at=tomorrow)
    ring("somebody-else", said="Asked for Ms Teale about a parcel.", next_at=tomorrow)
    with as_("nora") as by:
        found = clock(by, referral)
        assert (found.attempts, found.next_at, found.reached_at) == (2, tomorrow, None)
        assert first_calls(by).rows
    spoke = ring("answered", said="She will come on Friday.", next_at=tomorrow)
    with as_("nora") as by:
        found = clock(by, referral)
        assert (found.attempts, found.next_at, found.reached_at) == (3, None, spoke.at)
        assert not first_calls(by).rows


def test_it_still_runs_when_the_referral_was_accepted_without_a_call(as_, case):
    with as_("nora") as by:
        assert [row.pk for row in first_calls(by).rows] == [case.referral_id]


def test_a_team_that_makes_no_first_calls_has_none_due(as_, referral):
    with as_("tess") as by:
        assert clock_of_call(by, [referral.person_id], []) is None
        assert not first_calls(by).rows


def test_sent_twice_it_is_there_once(as_, referral, ring):
    key = new_id()
    one, other = (ring("not-answered", call_id=key, said=said) for said in ("First.", "Again."))
    assert one.pk == other.pk == key
    assert other.said == "First."
    with as_("nora"):
        assert Call.objects.count() == 1


@pytest.mark.parametrize(
    ("outcome", "given", "why"),
    [
        ("shrugged", {}, "what came of"),
        ("somebody-else", {}, "what was said"),
        ("not-safe", {"said": " "}, "what was said"),
        ("not-answered", {"left": "voicemail"}, "not known to be safe"),
        ("not-answered", {"left": "text"}, "not known to be safe"),
        ("not-answered", {"next_at": timezone.now() - timedelta(minutes=1)}, "still to come"),
    ],
)
def test_what_cannot_stand(ring, outcome, given, why):
    with pytest.raises(Refused, match=why):
        ring(outcome, **given)


def test_a_voicemail_only_where_she_said_yes_and_nobody_spoke(as_, referral, ring):
    with as_("tess") as by:
        seen = SafeContact.objects.filter(person=referral.person_id, superseded_at=None).first()
        set_safe_contact(
            by=by,
            person_id=referral.person_id,
            seen_id=seen and seen.pk,
            safe_to_call="yes",
            voicemail="yes",
        )
    assert ring("not-answered", left="voicemail").left == "voicemail"
    with pytest.raises(Refused, match="not known"):
        ring("not-answered", left="text")
    with pytest.raises(Refused, match="nobody answered"):
        ring("somebody-else", left="voicemail", said="A parcel.")


def test_an_answered_call_is_a_check_in(as_, referral, ring, world):
    case = taken_on(as_, referral)
    with as_("nora") as by:
        hold_case(
            by=by,
            case_id=case.pk,
            version=0,
            holder_id=world.users["nora"],
            check_in_days=7,
        )
        episode = Episode.objects.get(case=case)
        Episode.objects.filter(pk=episode.pk).update(check_in_on=timezone.localdate())
    ring("not-answered")
    with as_("nora"):
        assert Episode.objects.get(case=case).check_in_on == timezone.localdate()
    ring("answered")
    with as_("nora"):
        expected = timezone.localdate() + timedelta(days=7)
        assert Episode.objects.get(case=case).check_in_on == expected


def test_who_does_not_know_how_to_reach_her_cannot_call(as_, referral):
    with as_("isla") as by, pytest.raises(Http404):
        record_call(
            by=by,
            team_id=by.home_team_id,
            person_id=referral.person_id,
            call_id=new_id(),
            outcome="answered",
        )


def test_an_officer_records_no_calls(as_, referral):
    with as_("olu") as by, pytest.raises(Refused, match="role"):
        record_call(
            by=by,
            team_id=by.home_team_id,
            person_id=referral.person_id,
            call_id=new_id(),
            outcome="answered",
        )
