"""Meetings: agendas by risk and time, research, minutes by two at once, actions, reviews, bad days."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from onestory.access import queries as access
from onestory.access.actions import bar
from onestory.kernel.calendar import deadline
from onestory.kernel.errors import Refused, Stale
from onestory.kernel.ids import new_id
from onestory.kernel.opening import Opening
from onestory.marac import actions, queries
from onestory.marac.actions import AlreadyThere
from onestory.marac.models import (
    Action,
    ConductFinding,
    Finding,
    Item,
    Minutes,
    Referral,
    Wishes,
)
from onestory.people import actions as people
from onestory.people.actions import Facts as Who
from tests.marac import (
    accepted,
    answered,
    ask,
    minuted,
    offered,
    on_the_table,
    pair,
    planned,
    put,
    referred,
)

# The agenda


def test_an_agenda_is_built_as_far_as_the_time_goes_and_the_rest_is_said(as_):
    cases = [accepted(as_, referred(as_, pair(as_, name))) for name in ("Ana", "Bea", "Cleo")]
    first = planned(as_, minutes=24)
    with as_("cora") as by:
        placed, left = actions.build_agenda(by=by, meeting_id=first.pk)
        assert [item.referral_id for item in placed] == [cases[0].pk, cases[1].pk]
        assert [case.pk for case in left] == [cases[2].pk]
        # Built again it puts nobody on it twice.
        assert actions.build_agenda(by=by, meeting_id=first.pk)[0] == []
    later = planned(as_, days=21, minutes=24)
    with as_("cora") as by:
        placed, left = actions.build_agenda(by=by, meeting_id=later.pk)
        assert [item.referral_id for item in placed] == [cases[2].pk] and not left


def test_a_case_is_on_one_agenda_at_a_time(as_):
    found = on_the_table(as_)
    other = planned(as_, days=21)
    with pytest.raises(Refused, match="why it moves"):
        put(as_, found.case, other)
    moved = put(as_, found.case, other, reason="The IDVA is away")
    with as_("cora") as by:
        assert [line.case.pk for line in queries.agenda(by, other)] == [found.case.pk]
        assert queries.agenda(by, found.meeting) == []
        assert Item.objects.get(pk=found.item.pk).move_reason == "The IDVA is away"
        row = {f.attname: getattr(moved, f.attname) for f in Item._meta.concrete_fields}
        with pytest.raises(IntegrityError), transaction.atomic():
            Item.objects.create(**{**row, "id": new_id(), "meeting_id": found.meeting.pk})


def test_who_is_barred_counts_no_gap(as_, world):
    """Pru is the cousin of the one in the middle."""
    meeting, cases = planned(as_), []
    for name in ("Ana", "Bea", "Cleo"):
        cases.append(accepted(as_, referred(as_, pair(as_, name))))
        ask(as_, cases[-1])
        put(as_, cases[-1], meeting)
    with as_("cora") as by:
        assert [line.number for line in queries.agenda(by, meeting)] == [1, 2, 3]
        bar(by=by, person_id=cases[1].person_id, user=world.user("pru"), reason="Her cousin.")
    with as_("pru") as by:
        seen = queries.agenda(by, meeting)
        assert [(line.number, line.case.pk) for line in seen] == [
            (1, cases[0].pk),
            (2, cases[2].pk),
        ]
        assert {row.referral_id for row in queries.asked_of(by)} == {cases[0].pk, cases[2].pk}
        with pytest.raises(Http404):
            queries.case(by, cases[1].pk)
        # He is closed to her as well: her own record names him.
        assert not access.open_envelopes(by, cases[1].abuser_id)


# Research


def test_what_is_found_lies_with_whom_it_is_about(as_):
    found = on_the_table(as_)
    answered(as_, found.research["police-public-protection"], about_abuser="Two convictions.")
    with as_("ida") as by:
        hers, his = Finding.objects.get(), ConductFinding.objects.get()
        assert hers.person_id == found.them.person_id
        assert his.person_id == found.them.abuser_id
        kinds = access.open_envelopes(by, his.person_id)
        assert his.envelope_id == kinds["conduct"].pk
    # Another team that holds neither learns nothing.
    with as_("nell"):
        assert not Finding.objects.exists() and not ConductFinding.objects.exists()


def test_an_answer_sent_twice_is_one_and_may_be_added_to(as_):
    asked = on_the_table(as_).research["police-public-protection"]
    with as_("pru") as by:
        said = {"by": by, "research_id": asked.pk, "holds": "something", "about_survivor": "Calls."}
        key = new_id()
        actions.answer_research(**said, answer_id=key)
        actions.answer_research(**said, answer_id=key)
        assert Finding.objects.count() == 1
        actions.answer_research(**said, answer_id=new_id())
        assert Finding.objects.count() == 2


@pytest.mark.parametrize(
    "said, why",
    [
        ({"holds": ""}, "whether you hold"),
        ({"about_survivor": ""}, "what you hold"),
        ({"holds": "nothing"}, "wrote something down"),
    ],
)
def test_what_is_no_answer(as_, said, why):
    asked = on_the_table(as_).research["police-public-protection"]
    with pytest.raises(Refused, match=why):
        answered(as_, asked, **said)


def test_an_agency_answers_for_itself_alone(as_):
    asked = on_the_table(as_).research["police-public-protection"]
    with pytest.raises(Http404):
        answered(as_, asked, name="ida")


def test_an_answer_has_a_clock_and_the_late_are_seen_by_the_table(as_):
    asked = on_the_table(as_).research["police-public-protection"]
    assert asked.due_at == deadline(asked.recorded_at, working_days=5)
    with as_("cora") as by:
        assert queries.late(by) == []


def test_where_somebody_is_called_as_he_is_the_coordinator_looks_first(as_, world):
    """The person using abuse works for an agency at the table."""
    with as_("petra") as by:
        him = people.add_person(
            by=by,
            team_id=by.home_team_id,
            facts=Who("Hal", "Dunmore", born_on=date(1980, 1, 1)),
            kinds=("identity",),
        )
    case = accepted(as_, referred(as_, pair(as_, abuser_id=him.pk)))
    with pytest.raises(Refused, match="Hal Dunmore, Hospital safeguarding"):
        ask(as_, case)
    with as_("cora") as by:
        bar(by=by, person_id=case.person_id, user=world.user("hal"), reason="It is he.")
    ask(as_, case)
    with as_("hal") as by:
        assert queries.asked_of(by) == [] and not Referral.objects.exists()
        assert not access.open_envelopes(by, him.pk)
    with as_("ida") as by:
        assert queries.asked_of(by)


# In the meeting


def typed(words):
    return {"risk": [words]}


def save(as_, found, name, words, tab, version=0):
    with as_(name) as by:
        return actions.save_minutes(
            by=by, item_id=found.item.pk, typed=typed(words), opening=Opening(tab, version, 0)
        )


def test_two_may_minute_at_once_and_nothing_of_either_is_lost(as_):
    found = on_the_table(as_)
    save(as_, found, "chris", "High. He knows", "a")
    save(as_, found, "chris", "High. He knows the school.", "a")
    with pytest.raises(Stale) as stale:
        save(as_, found, "cora", "High, and rising.", "b")
    assert stale.value.theirs == typed("High. He knows the school.")
    with as_("cora"):
        assert Minutes.objects.get().words == "High. He knows the school."
        version = Minutes.objects.get().version
    assert save(as_, found, "cora", "Both.", "b", version).words == "Both."


def test_when_the_connection_drops_what_was_typed_is_there(as_):
    """Each keystroke's saving is whole; one that arrives late changes nothing."""
    found = on_the_table(as_)
    with as_("chris") as by:
        for saving, words in ((2, "High. He knows the"), (1, "High")):
            actions.save_minutes(
                by=by, item_id=found.item.pk, typed=typed(words), opening=Opening("a", 0, saving)
            )
    with as_("cora") as by:
        picture = queries.Picture(by, queries.case(by, found.case.pk))
        assert picture.minutes[0].words == "High. He knows the"


def test_minutes_are_written_at_the_table_and_stay_once_it_is_heard(as_):
    found = on_the_table(as_)
    with pytest.raises(Refused, match="in one paragraph"), as_("chris") as by:
        actions.end_hearing(by=by, item_id=found.item.pk)
    with pytest.raises(Refused, match="Your role"):
        save(as_, found, "pru", "Low.", "x")
    minuted(as_, found)
    with pytest.raises(Refused, match="has been heard"):
        save(as_, found, "chris", "Low.", "z")


def test_the_same_action_of_two_agencies_is_shown_and_a_person_decides(as_):
    found = on_the_table(as_)
    first = offered(as_, found)
    with pytest.raises(AlreadyThere) as already:
        offered(as_, found, "idva", words="mark her address for immediate response")
    assert already.value.theirs.pk == first.pk
    offered(as_, found, "idva", words="mark her address for immediate response", anyway=True)
    offered(as_, found, whom="child", words="Tell the school who may collect him")
    with as_("cora"):
        assert Action.objects.count() == 3


def test_an_action_sent_twice_is_one(as_):
    found, key = on_the_table(as_), new_id()
    assert offered(as_, found, action_id=key).pk == offered(as_, found, action_id=key).pk


def test_only_those_who_are_asked_offer(as_):
    with pytest.raises(Refused, match="has been asked"):
        offered(as_, on_the_table(as_), "pass")


def test_wishes_are_brought_by_whoever_speaks_for_the_survivor(as_):
    found = on_the_table(as_)
    with as_("ida") as by:
        actions.bring_wishes(
            by=by,
            referral_id=found.case.pk,
            wishes_id=new_id(),
            words="To stay in her home.",
            agrees="yes",
        )
    with as_("pru"):
        assert Wishes.objects.get().words == "To stay in her home."
    with pytest.raises(Http404), as_("nell") as by:
        actions.bring_wishes(
            by=by, referral_id=found.case.pk, wishes_id=new_id(), words="No.", agrees="no"
        )
