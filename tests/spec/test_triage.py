"""How soon a contact is decided, what a grade does to the clock, and how a referral goes on."""

from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest

from onestory.agencies.area import load_pack, packs_dir
from onestory.cases.rules import clocks, routing
from onestory.cases.rules.clocks import Clock
from onestory.cases.rules.states import (
    ContactState,
    ReferralState,
    Verb,
    contact_state,
    referral_state,
    rings,
    verbs,
)
from onestory.kernel.calendar import LONDON

THURROCK = load_pack(packs_dir() / "thurrock")


def at(text: str) -> datetime:
    """A moment by the clock of London: 'Fri 27 Mar 2026 16:00'."""
    return datetime.strptime(text, "%a %d %b %Y %H:%M").replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("received", "graded", "decide_by"),
    [
        # Twenty-four hours for every contact, day and night, weekends and bank holidays.
        ("Mon 02 Mar 2026 09:00", "", "Tue 03 Mar 2026 09:00"),
        ("Fri 06 Mar 2026 16:30", "", "Sat 07 Mar 2026 16:30"),
        ("Thu 24 Dec 2026 23:00", "", "Fri 25 Dec 2026 23:00"),
        # The night the clocks go forward has an hour less.
        ("Sat 28 Mar 2026 12:00", "", "Sun 29 Mar 2026 13:00"),
        # Red: four hours. Amber and Green: the twenty-four that stand for all. Blue: none of its own.
        ("Mon 02 Mar 2026 09:00", "red", "Mon 02 Mar 2026 13:00"),
        ("Fri 06 Mar 2026 22:00", "red", "Sat 07 Mar 2026 02:00"),
        ("Mon 02 Mar 2026 09:00", "amber", "Tue 03 Mar 2026 09:00"),
        ("Mon 02 Mar 2026 09:00", "green", "Tue 03 Mar 2026 09:00"),
        ("Mon 02 Mar 2026 09:00", "blue", "Tue 03 Mar 2026 09:00"),
        # Graded again: sooner if it is worse, never later.
        ("Mon 02 Mar 2026 09:00", "green red", "Mon 02 Mar 2026 13:00"),
        ("Mon 02 Mar 2026 09:00", "red green", "Mon 02 Mar 2026 13:00"),
        ("Mon 02 Mar 2026 09:00", "red blue amber", "Mon 02 Mar 2026 13:00"),
    ],
)
def test_when_a_contact_is_due(received, graded, decide_by):
    clock = clocks.of_contact(THURROCK, at(received))
    for grade in graded.split():
        clock = clocks.after_grading(THURROCK, clock, at(received), grade)
    assert clock.due_at == at(decide_by)


def test_the_clock_says_which_timescale_it_runs_by():
    received = at("Mon 02 Mar 2026 09:00")
    clock = clocks.of_contact(THURROCK, received)
    assert clock.timescale == "contact_decision"
    assert clocks.after_grading(THURROCK, clock, received, "blue") == clock
    red = clocks.after_grading(THURROCK, clock, received, "red")
    assert red == Clock("contact_decision_red", at("Mon 02 Mar 2026 13:00"))


@pytest.mark.parametrize(
    ("decided", "within", "late"),
    [
        ("Mon 02 Mar 2026 10:00", True, 0),
        ("Tue 03 Mar 2026 09:00", True, 0),
        ("Tue 03 Mar 2026 09:01", False, 1),
        ("Wed 04 Mar 2026 09:00", False, 24 * 60),
    ],
)
def test_decided_in_time_or_late(decided, within, late):
    due = at("Tue 03 Mar 2026 09:00")
    kept = clocks.timeliness(due, at(decided), now=at("Mon 01 Jun 2026 09:00"))
    assert (kept.done, kept.within, kept.late_by) == (True, within, timedelta(minutes=late))


def test_what_waits_is_late_by_now():
    due = at("Tue 03 Mar 2026 09:00")
    waits = clocks.timeliness(due, None, now=at("Tue 03 Mar 2026 11:00"))
    assert (waits.done, waits.late_by) == (False, timedelta(hours=2))


@pytest.mark.parametrize(
    ("sent", "acknowledge_by", "answer_by"),
    [
        ("Mon 02 Mar 2026 09:00", "Tue 03 Mar 2026 17:00", "Wed 04 Mar 2026 17:00"),
        ("Fri 06 Mar 2026 16:59", "Mon 09 Mar 2026 17:00", "Tue 10 Mar 2026 17:00"),
        ("Sat 07 Mar 2026 11:00", "Mon 09 Mar 2026 17:00", "Tue 10 Mar 2026 17:00"),
        # Good Friday and Easter Monday are no working days.
        ("Thu 02 Apr 2026 10:00", "Tue 07 Apr 2026 17:00", "Wed 08 Apr 2026 17:00"),
        # Nor are Christmas Day and Boxing Day, here kept on the Monday after.
        ("Thu 24 Dec 2026 10:00", "Tue 29 Dec 2026 17:00", "Wed 30 Dec 2026 17:00"),
    ],
)
def test_when_a_referral_is_due(sent, acknowledge_by, answer_by):
    assert clocks.of_referral(THURROCK, at(sent)) == (at(acknowledge_by), at(answer_by))


def test_the_sender_of_a_contact_is_told_within_one_working_day():
    told_by = clocks.sender_told_by(THURROCK, at("Fri 06 Mar 2026 16:30"))
    assert told_by == at("Mon 09 Mar 2026 17:00")


@pytest.mark.parametrize(
    ("rag", "danger", "decided", "loud"),
    [
        ("red", False, False, True),
        ("red", True, False, True),
        ("", True, False, True),
        ("", False, False, False),
        ("amber", True, False, False),
        ("red", True, True, False),
    ],
)
def test_what_rings_on_every_page(rag, danger, decided, loud):
    contact = SimpleNamespace(rag=rag, danger_now=danger, decided_at=decided or None)
    assert rings(contact) is loud


@pytest.mark.parametrize(
    ("done", "state"),
    [
        ("", ContactState.WAITING),
        ("graded", ContactState.GRADED),
        ("graded decided", ContactState.DECIDED),
        ("graded decided acknowledged", ContactState.ACKNOWLEDGED),
    ],
)
def test_where_a_contact_stands(done, state):
    times = {f"{each}_at": each in done.split() for each in ("graded", "decided", "acknowledged")}
    assert contact_state(SimpleNamespace(**times)) is state


STEPS = ("acknowledged", "accepted", "declined", "withdrawn", "returned", "seen")


def referral(done: str) -> SimpleNamespace:
    times = {f"{step}_at": step in done.split() for step in STEPS}
    days = {f"{step}_on": step in done.split() for step in ("begun", "ended")}
    return SimpleNamespace(**times, **days)


@pytest.mark.parametrize(
    ("done", "state", "receiver_may", "sender_may"),
    [
        ("", "sent", "acknowledge accept decline return", "withdraw"),
        ("acknowledged", "acknowledged", "accept decline return", "withdraw"),
        ("acknowledged accepted", "accepted", "return", "see"),
        ("acknowledged accepted seen", "accepted", "return", ""),
        ("acknowledged accepted begun", "begun", "", "see"),
        ("acknowledged accepted begun ended", "ended", "", "see"),
        ("acknowledged accepted returned", "returned", "", "see"),
        ("acknowledged declined", "declined", "", "see"),
        ("acknowledged declined seen", "declined", "", ""),
        ("withdrawn", "withdrawn", "", ""),
        ("acknowledged withdrawn", "withdrawn", "", ""),
    ],
)
def test_how_a_referral_goes_on(done, state, receiver_may, sender_may):
    one = referral(done)
    assert referral_state(one) is ReferralState(state)
    assert verbs(one, sender=False, receiver=True) == {Verb(v) for v in receiver_may.split()}
    assert verbs(one, sender=True, receiver=False) == {Verb(v) for v in sender_may.split()}
    assert not verbs(one, sender=False, receiver=False)


@pytest.mark.parametrize(
    ("team", "counted_as"),
    [
        ("mash", "mash"),
        ("housing-options", "housing-options"),
        ("tenancy-management", "housing-officer"),
        ("childrens-social-care", "childrens-social-care"),
        ("pass", "early-help"),
        ("refuge", "changing-pathways"),
        ("police-public-protection", "police"),
        ("probation", "probation"),
        ("designated-leads", "other"),
    ],
)
def test_whom_a_contact_is_counted_as_coming_from(team, counted_as):
    assert routing.source(THURROCK, THURROCK.teams[team]) == counted_as


@pytest.mark.parametrize(("children", "door"), [(False, "housing-safeguarding"), (True, "mash")])
def test_who_is_proposed_to_act(children, door):
    assert routing.front_door(THURROCK, children=children) == door
