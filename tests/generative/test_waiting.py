"""The wait by arithmetic, against one counted day by day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from onestory.support.rules.waiting import Stretch, wait

START = date(2026, 1, 1)
days = st.integers(-20, 120).map(lambda number: START + timedelta(days=number))
maybe = st.none() | days


@st.composite
def stretches(draw):
    start = draw(days)
    length = draw(st.none() | st.integers(0, 60))
    return Stretch(
        start, None if length is None else start + timedelta(days=length), draw(st.booleans())
    )


def counted(decided, today, first, ended, pauses):
    """Walk from the decision to the end of the wait, a day at a time."""
    stops = [stop for stop in (first, ended) if stop]
    end = min(stops) if stops else today
    waited = hers = 0
    day = decided
    while day < end:
        waited += 1
        hers += any(
            p.by_survivor and p.from_on <= day and (p.until_on is None or day < p.until_on)
            for p in pauses
        )
        day += timedelta(days=1)
    return waited, hers


@given(days, days, maybe, maybe, st.lists(stretches(), max_size=5))
def test_the_wait_is_what_counting_days_says(decided, today, first, ended, pauses):
    found = wait(decided, today, first_session_on=first, ended_on=ended, pauses=pauses)
    assert (found.days, found.paused_by_survivor) == counted(decided, today, first, ended, pauses)
    assert 0 <= found.paused_by_survivor <= found.days
    assert found.of_service == found.days - found.paused_by_survivor
