"""Whatever is recorded: nothing goes out while any rule is unknown or says no, or at an unsafe time."""

from datetime import UTC, datetime, time

from hypothesis import given
from hypothesis import strategies as st

from onestory.conversations.rules import (
    KnownNumber,
    KnownRules,
    When,
    Window,
    may_notify,
    may_ring,
    read_when,
)
from onestory.kernel.calendar import LONDON

SAFE = st.sampled_from(["yes", "no", "unknown", ""])
WINDOWS = st.builds(
    Window,
    st.frozensets(st.integers(0, 6), min_size=1),
    st.integers(0, 11).map(time),
    st.integers(12, 23).map(time),
)
WHENS = st.lists(WINDOWS, max_size=3).map(tuple).map(When)
WORDS = st.text(max_size=20) | st.sampled_from(["", " ", "Derek", "At any time", "weekdays"])
RULES = st.lists(st.builds(KnownRules, SAFE, SAFE, SAFE, WHENS.map(str) | WORDS, WORDS), max_size=3)
NUMBERS = st.lists(
    st.builds(
        KnownNumber,
        st.sampled_from(["+447700900142", "07700 900142", "+441632960817", "", "12"]),
        SAFE,
        st.sampled_from(["", " ", "Her mother’s"]),
    ),
    max_size=3,
)
MOMENTS = st.datetimes(
    datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.sampled_from([UTC, LONDON])
)


@given(RULES, NUMBERS, MOMENTS)
def test_what_goes_out_broke_no_rule(rules, numbers, now):
    decision = may_notify(rules, numbers, now)
    if not decision.send:
        assert decision.why
        return
    assert rules
    for rule in rules:
        assert rule.safe_to_call == rule.text_messages == "yes"
        assert rule.voicemail in ("yes", "no")
        assert rule.must_not_know.strip()
        when = read_when(rule.when_safe)
        assert when is not None and when.is_safe(now)
    used = [n for n in numbers if n.number == decision.number]
    assert any(n.safe == "yes" and not n.whose.strip() for n in used)


@given(RULES, NUMBERS, MOMENTS)
def test_whoever_may_be_sent_a_text_may_be_rung(rules, numbers, now):
    if may_notify(rules, numbers, now).send:
        assert may_ring(rules, numbers, now).send


@given(RULES, NUMBERS, MOMENTS)
def test_what_waits_may_go_out_when_it_is_tried_again(rules, numbers, now):
    decision = may_notify(rules, numbers, now)
    if decision.again_at and len(rules) == 1:
        assert decision.again_at > now
        assert may_notify(rules, numbers, decision.again_at).send


@given(WHENS)
def test_a_safe_time_is_read_as_it_is_written(when):
    assert str(read_when(str(when))) == str(when)
