"""When word of a message goes out to somebody, and when nothing does: promise 5."""

from dataclasses import replace
from datetime import datetime

import pytest

from onestory.conversations.rules import (
    REASONS,
    KnownNumber,
    KnownRules,
    may_notify,
    may_ring,
    read_when,
)
from onestory.kernel.calendar import LONDON

SAFE = KnownRules(
    safe_to_call="yes",
    voicemail="no",
    text_messages="yes",
    when_safe="Monday to Friday, 10:00 to 14:00",
    must_not_know="Derek",
)
OWN = KnownNumber("+447700900142", "yes", "")


def at(text: str) -> datetime:
    """A moment by the clock of London: 'Fri 27 Mar 2026 16:00'."""
    return datetime.strptime(text, "%a %d %b %Y %H:%M").replace(tzinfo=LONDON)


NOON = at("Wed 04 Mar 2026 12:00")


def test_where_everything_is_known_and_says_yes_it_goes_out():
    decision = may_notify([SAFE], [OWN], NOON)
    assert (decision.send, decision.number, decision.why) == (True, OWN.number, "")


@pytest.mark.parametrize(
    ("said", "why"),
    [
        # Nothing that is not known, whatever it is about.
        ({"safe_to_call": "unknown"}, "call-unknown"),
        ({"text_messages": "unknown"}, "text-unknown"),
        ({"voicemail": "unknown"}, "voicemail-unknown"),
        ({"when_safe": ""}, "when-unknown"),
        ({"must_not_know": ""}, "who-unknown"),
        # Nothing that is known to be unsafe.
        ({"text_messages": "no"}, "text-unsafe"),
        ({"safe_to_call": "no"}, "call-unsafe"),
        # Words that no clock can keep are for people, not for a machine.
        ({"when_safe": "While Derek is at work"}, "when-unknown"),
        ({"when_safe": "Weekdays between 10 and 2"}, "when-unknown"),
        ({"when_safe": "Monday to Friday, 10:00 to 14:00, not when he is ill"}, "when-unknown"),
        ({"when_safe": "Monday to Friday, 10:00 to 14:00\nor when I ring you"}, "when-unknown"),
    ],
)
def test_one_rule_that_is_unknown_or_says_no_is_enough(said, why):
    decision = may_notify([replace(SAFE, **said)], [OWN], NOON)
    assert (decision.send, decision.why) == (False, why)
    assert why in REASONS


def test_where_nothing_was_recorded_nothing_goes_out():
    assert may_notify([], [OWN], NOON).why == "nothing-known"


@pytest.mark.parametrize(
    "number",
    [
        KnownNumber("+447700900142", "unknown", ""),
        KnownNumber("+447700900142", "no", ""),
        # Her mother's telephone, or one that Derek looks into: a text would lie there for all.
        KnownNumber("+447700900142", "yes", "Her mother’s"),
        KnownNumber("+447700900142", "yes", "Derek sometimes answers"),
        # A landline cannot be sent a text that only she reads.
        KnownNumber("+441632960817", "yes", ""),
        KnownNumber("", "yes", ""),
    ],
)
def test_only_a_safe_mobile_of_her_own_will_do(number):
    assert may_notify([SAFE], [number], NOON).why == "no-number"
    assert may_notify([SAFE], [number, OWN], NOON).number == OWN.number


def test_all_records_of_one_person_must_agree():
    assert may_notify([SAFE, replace(SAFE, text_messages="no")], [OWN], NOON).why == "text-unsafe"
    later = replace(SAFE, when_safe="Every day, 13:00 to 14:00")
    assert may_notify([SAFE, later], [OWN], NOON).why == "not-now"


@pytest.mark.parametrize(
    ("now", "again_at"),
    [
        ("Wed 04 Mar 2026 09:59", "Wed 04 Mar 2026 10:00"),
        ("Wed 04 Mar 2026 14:00", "Thu 05 Mar 2026 10:00"),
        ("Fri 06 Mar 2026 14:00", "Mon 09 Mar 2026 10:00"),
        # The night the clocks go forward.
        ("Sat 28 Mar 2026 23:00", "Mon 30 Mar 2026 10:00"),
    ],
)
def test_at_an_unsafe_time_it_waits_for_a_safe_one(now, again_at):
    decision = may_notify([SAFE], [OWN], at(now))
    assert (decision.send, decision.why) == (False, "not-now")
    assert decision.again_at == at(again_at)


def test_a_call_takes_less_than_a_text_but_the_same_care():
    landline = KnownNumber("+441632960817", "yes", "")
    quiet = replace(SAFE, text_messages="no")
    assert may_ring([quiet], [landline], NOON).send
    assert may_ring([quiet], [landline], at("Wed 04 Mar 2026 20:00")).why == "not-now"
    assert (
        may_ring([replace(quiet, safe_to_call="unknown")], [landline], NOON).why == "call-unknown"
    )


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("At any time", "At any time"),
        ("at any time.", "At any time"),
        ("Monday to Friday, 10:00 to 14:00", "Monday to Friday, 10:00 to 14:00"),
        ("every day, 09:00 to 12:30", "Every day, 09:00 to 12:30"),
        (
            "Monday, Wednesday and Friday, 10:00 to 11:00",
            "Monday, Wednesday and Friday, 10:00 to 11:00",
        ),
        (
            "Sunday, 10:00 to 11:00\nTuesday, 15:00 to 16:00",
            "Sunday, 10:00 to 11:00; Tuesday, 15:00 to 16:00",
        ),
        ("Monday, 14:00 to 10:00", None),
        ("Monday, 25:00 to 26:00", None),
        ("Friday to Monday, 10:00 to 11:00", None),
        ("Any time", None),
        ("", None),
    ],
)
def test_how_a_safe_time_is_read(words, read):
    found = read_when(words)
    assert (str(found) if found else None) == read
