"""How long somebody will probably wait, and when nobody answers any more in time."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from onestory.access.queries import Cover
from onestory.cases.forms.broker import lines
from onestory.cases.rules.passport import closed_and_safe_to_know
from onestory.cases.rules.states import is_escalated, is_late
from onestory.cases.rules.waits import MEASURED, STATED, Estimate, estimate
from onestory.cases.views.words import span_in_words, wait_in_words
from onestory.kernel.ids import new_id

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
EARLIER, LATER = NOW - timedelta(hours=1), NOW + timedelta(hours=1)


@pytest.mark.parametrize(
    ("recent", "stated", "found"),
    [
        ([10, 20, 30, 40, 50], 7, Estimate(30, MEASURED, 5)),
        ([10, 20, 30, 40, 50, 60], 7, Estimate(40, MEASURED, 6)),  # the longer of two middle ones
        ([10, 20, 30, 400], 7, Estimate(7, STATED)),  # too few to speak for all
        ([], 0, Estimate(0, STATED)),
        ([], None, Estimate()),
    ],
)
def test_as_others_waited_or_as_the_service_says(recent, stated, found):
    assert estimate(recent, stated) == found


def test_whose_word_it_is_is_always_said():
    assert wait_in_words(Estimate(30, MEASURED, 7)).endswith("as the last 7 people waited.")
    assert wait_in_words(Estimate(30, STATED)).endswith("as the service says.")
    assert "not known" in wait_in_words(Estimate())


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "Less than a week"), (8, "About a week"), (30, "About 4 weeks"), (183, "About 6 months")],
)
def test_spans_as_people_say_them(days, words):
    assert span_in_words(days) == words


def referral(**changes):
    values = dict.fromkeys(
        ("withdrawn_at", "returned_at", "declined_at", "accepted_at", "acknowledged_at")
    )
    values |= {"acknowledge_by": EARLIER, "answer_by": LATER, "escalate_at": LATER}
    return SimpleNamespace(**{**values, "begun_on": None, "ended_on": None, **changes})


@pytest.mark.parametrize(
    ("changes", "late", "escalated"),
    [
        ({}, True, False),
        ({"acknowledge_by": LATER}, False, False),
        ({"escalate_at": EARLIER}, True, True),
        ({"escalate_at": None}, True, False),
        ({"acknowledged_at": EARLIER, "escalate_at": EARLIER}, False, False),
        ({"acknowledged_at": EARLIER, "answer_by": EARLIER}, True, False),
        ({"accepted_at": EARLIER, "answer_by": EARLIER}, False, False),
        ({"withdrawn_at": EARLIER, "escalate_at": EARLIER}, False, False),
    ],
)
def test_late_and_before_the_manager(changes, late, escalated):
    one = referral(**changes)
    assert (is_late(one, NOW), is_escalated(one, NOW)) == (late, escalated)


def test_what_is_told_by_being_there_is_not_named():
    covers = [
        Cover(new_id(), kind, False, False)
        for kind in ("story", "whereabouts", "risk", "therapy", "conduct", "support")
    ]
    assert closed_and_safe_to_know(covers) == ["What happened"]


def test_what_would_be_shared_is_told_line_by_line():
    assert lines(["<b>", "two"]) == "&lt;b&gt;<br>two<br>"
    assert "and 3 more answers" in lines([str(number) for number in range(43)])
    assert "Nothing is written" in lines([])
