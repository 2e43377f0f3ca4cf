"""What follows a meeting: actions, the survivor told, the review; and the bad days, each with its end."""

from datetime import timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from onestory.access import queries as access
from onestory.access.models import ShareWithoutConsent
from onestory.kernel.errors import Refused
from onestory.kernel.ids import new_id
from onestory.marac import actions, queries
from onestory.marac.models import (
    Action,
    ConductFinding,
    Referral,
    Research,
)
from onestory.people import actions as people
from onestory.people.actions import Facts as Who
from tests.marac import (
    ASKED,
    TABLE,
    Pair,
    accepted,
    answered,
    ask,
    closed,
    minuted,
    offered,
    on_the_table,
    pair,
    planned,
    put,
    referred,
    relate,
    team,
)

# The next morning


def test_done_with_evidence_or_not_with_a_reason(as_):
    found = on_the_table(as_)
    one, other = offered(as_, found), offered(as_, found, words="Visit him at work")
    with as_("pru") as by:
        with pytest.raises(Refused, match="how it is known"):
            actions.do_action(by=by, action_id=one.pk, evidence=" ")
        assert actions.do_action(by=by, action_id=one.pk, evidence="Log 114.").done_at
        with pytest.raises(Refused, match="Say why"):
            actions.leave_action(by=by, action_id=other.pk, reason="")
        actions.leave_action(by=by, action_id=other.pk, reason="He has moved.")
        with pytest.raises(Refused, match="not done"):
            actions.do_action(by=by, action_id=other.pk, evidence="Log 115.")
    with pytest.raises(Http404), as_("ida") as by:
        actions.leave_action(by=by, action_id=one.pk, reason="Not mine.")


def test_what_is_overdue_rises_to_the_chair(as_, monkeypatch):
    found = on_the_table(as_)
    row = offered(as_, found, due_on=timezone.localdate())
    later = timezone.localdate() + timedelta(days=3)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *a, **k: later)
    for name, sees in (("chris", [row.pk]), ("cora", [row.pk]), ("pru", [])):
        with as_(name) as by:
            assert [one.pk for one in queries.overdue(by).rows] == sees
            assert queries.overdue_count(by) == len(sees)


def test_telling_the_survivor_is_written_down_and_opens_who_knows_to_her(as_):
    found = on_the_table(as_, told=False, not_told_reason="He reads her letters.")
    with as_("ida") as by:
        mine = ShareWithoutConsent.objects.filter(person_id=found.them.person_id)
        assert not mine.filter(told_at__isnull=False).exists()
        actions.tell_survivor(
            by=by,
            referral_id=found.case.pk,
            telling_id=new_id(),
            on=timezone.localdate(),
            words="What the police will do.",
        )
        assert not mine.filter(told_at=None).exists()
        his = ShareWithoutConsent.objects.filter(person_id=found.them.abuser_id)
        assert his.exists() and not his.filter(told_at__isnull=False).exists()


# The review


def test_a_case_closes_when_everything_agreed_is_settled(as_):
    found = on_the_table(as_)
    row = offered(as_, found)
    minuted(as_, found)
    with pytest.raises(Refused, match="not all done"):
        closed(as_, found.case)
    with as_("pru") as by:
        actions.do_action(by=by, action_id=row.pk, evidence="Log 114.")
    assert closed(as_, found.case).outcome == "risk-lower"
    for name in ("pru", "ida", "hal"):
        with as_(name) as by:
            assert not Referral.objects.exists() and not Action.objects.exists()
            assert not access.open_envelopes(by, found.them.person_id)
            assert not access.open_envelopes(by, found.them.abuser_id)
    with as_("petra"):
        assert Referral.objects.get().outcome == "risk-lower"


def test_last_time_is_shown_to_those_who_are_asked_again(as_):
    found = on_the_table(as_)
    row = offered(as_, found)
    minuted(as_, found)
    with as_("pru") as by:
        actions.leave_action(by=by, action_id=row.pk, reason="No officer free.")
    closed(as_, found.case)
    again = accepted(as_, referred(as_, found.them))
    ask(as_, again, "hospital-safeguarding")
    with as_("hal") as by:
        picture = queries.Picture(by, queries.case(by, again.pk))
        assert [one.not_done_reason for one in picture.last_time] == ["No officer free."]
    with as_("pru"):
        assert not Action.objects.exists()


# Bad days


def test_a_survivor_withdraws_and_somebody_decides(as_):
    found = on_the_table(as_)
    with as_("ida") as by:
        actions.bring_wishes(
            by=by,
            referral_id=found.case.pk,
            wishes_id=new_id(),
            words="She does not want it any more.",
            agrees="no",
        )
    with as_("cora") as by:
        picture = queries.Picture(by, queries.case(by, found.case.pk))
        assert picture.has_said_no
        actions.go_on(
            by=by, referral_id=found.case.pk, version=picture.case.version, words="A child."
        )
        assert not queries.Picture(by, queries.case(by, found.case.pk)).has_said_no
    done = closed(as_, found.case, "withdrawn")
    assert done.outcome == "withdrawn"
    with as_("cora") as by:
        assert queries.agenda(by, found.meeting) == []
        assert not Research.objects.filter(closed_at=None).exists()


def test_when_a_survivor_dies_everything_closes_and_nothing_is_deleted(as_):
    found = on_the_table(as_)
    row = offered(as_, found)
    closed(as_, found.case, "died")
    with as_("cora"):
        assert Action.objects.get(pk=row.pk).not_done_reason == "The survivor has died"
        assert Referral.objects.get().closed_at
    with as_("pru"):
        assert not Referral.objects.exists()


def test_a_couple_with_mutual_allegations_are_two_cases(as_):
    """Each sees only the one that they are asked about; the table is told that there are two."""
    with as_("petra") as by:
        ids = [
            people.add_person(by=by, team_id=by.home_team_id, facts=Who(name, "Ferris")).pk
            for name in ("Jo", "Sam")
        ]
        relate(by, ids[0], ids[1])
        relate(by, ids[1], ids[0])
    one = accepted(as_, referred(as_, Pair(ids[0], ids[1])))
    other = accepted(as_, referred(as_, Pair(ids[1], ids[0])))
    assert other.repeat_of_id is None
    ask(as_, one, "police-public-protection")
    with as_("cora") as by:
        assert queries.Picture(by, queries.case(by, one.pk)).is_mutual
    with as_("pru") as by:
        assert list(Referral.objects.all()) == [one]
        assert not queries.Picture(by, queries.case(by, one.pk)).is_mutual


def test_of_three_survivors_of_one_man_none_is_told_to_those_asked_about_another(as_):
    first = pair(as_, "Ana")
    pairs = [first, *(pair(as_, name, abuser_id=first.abuser_id) for name in ("Bea", "Cleo"))]
    cases = [accepted(as_, referred(as_, them)) for them in pairs]
    for case, code in zip(cases, ASKED, strict=True):
        asked = ask(as_, case, code)[code]
        who = {"police-public-protection": "pru", "idva": "ida", "hospital-safeguarding": "hal"}
        answered(as_, asked, who[code], about_survivor="", about_abuser=f"Known to {code}.")
    for name, case in zip(("pru", "ida", "hal"), cases, strict=True):
        with as_(name):
            assert [row.pk for row in Referral.objects.all()] == [case.pk]
            assert [row.referral_id for row in ConductFinding.objects.all()] == [case.pk]
    meeting = planned(as_)
    for case in cases:
        put(as_, case, meeting)
    with as_("cora") as by:
        assert [line.same_abuser for line in queries.agenda(by, meeting)] == [3, 3, 3]


def test_from_sixteen_on_and_one_of_fifteen_who_harms(as_):
    today = timezone.localdate()
    with as_("petra") as by:
        ages = {
            years: people.add_person(
                by=by,
                team_id=by.home_team_id,
                facts=Who("Kit", "Moss", born_on=today.replace(year=today.year - years)),
            ).pk
            for years in (15, 16)
        }
        relate(by, ages[16], ages[15])
        relate(by, ages[15], ages[16])
    case = accepted(as_, referred(as_, Pair(ages[16], ages[15])))
    with as_("cora") as by:
        picture = queries.Picture(by, queries.case(by, case.pk))
        assert picture.is_child and picture.abuser_is_child
    with pytest.raises(Refused, match="a child to be protected"):
        referred(as_, Pair(ages[15], ages[16]))


def test_the_table_alone_plans_and_closes(as_):
    found = on_the_table(as_)
    for name in ("pru", "ida", "petra"):
        with pytest.raises(Refused), as_(name) as by:
            actions.plan_meeting(
                by=by,
                team_id=team(TABLE),
                meeting_id=new_id(),
                starts_at=timezone.now() + timedelta(days=1),
                minutes=60,
                minutes_a_case=12,
            )
        with pytest.raises((Refused, Http404)), as_(name) as by:
            actions.close_case(by=by, referral_id=found.case.pk, version=1, outcome="risk-lower")
