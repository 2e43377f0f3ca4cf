"""How long somebody waited: from the decision to the first session attended, pauses shown apart."""

from datetime import date

import pytest

from onestory.support.rules.waiting import Stretch, Wait, wait

# All in May 2026, by the day of the month. Taken on the 1st; today is the 31st.
# First session, ended, pauses (from, until, "hers" or "ours") -> days, of which hers, of which ours.
WAITS = {
    "still waiting": (None, None, [], (30, 0, 30)),
    "seen on the day that it was decided": (1, None, [], (0, 0, 0)),
    "seen the next day": (2, None, [], (1, 0, 1)),
    "seen after three weeks": (22, None, [], (21, 0, 21)),
    "ended without ever being seen": (None, 11, [], (10, 0, 10)),
    "seen, and then ended": (11, 21, [], (10, 0, 10)),
    "she asked for a week": (22, None, [(8, 15, "hers")], (21, 7, 14)),
    "the service asked for a week: it stays the service's": (
        22,
        None,
        [(8, 15, "ours")],
        (21, 0, 21),
    ),
    "the day on which she is ready counts again": (9, None, [(8, 9, "hers")], (8, 1, 7)),
    "taken back the same day: no pause": (11, None, [(5, 5, "hers")], (10, 0, 10)),
    "two pauses": (31, None, [(5, 10, "hers"), (20, 25, "hers")], (30, 10, 20)),
    "pauses that overlap count once": (31, None, [(5, 15, "hers"), (10, 20, "hers")], (30, 15, 15)),
    "one within the other counts once": (
        31,
        None,
        [(5, 25, "hers"), (10, 12, "hers")],
        (30, 20, 10),
    ),
    "hers and ours at once: hers": (31, None, [(5, 15, "hers"), (5, 15, "ours")], (30, 10, 20)),
    "paused from the first day": (11, None, [(1, 6, "hers")], (10, 5, 5)),
    "paused, and still so today": (None, None, [(21, None, "hers")], (30, 10, 20)),
    "paused until the session itself": (11, None, [(6, 11, "hers")], (10, 5, 5)),
    "a pause after the first session is no wait": (6, None, [(10, 20, "hers")], (5, 0, 5)),
    "a pause that the session cut short": (11, None, [(6, None, "hers")], (10, 5, 5)),
}


def day(number):
    return date(2026, 5, number) if number else None


@pytest.mark.parametrize("case", WAITS)
def test_a_wait(case):
    first, ended, pauses, (days, hers, ours) = WAITS[case]
    found = wait(
        day(1),
        day(31),
        first_session_on=day(first),
        ended_on=day(ended),
        pauses=[Stretch(day(start), day(stop), who == "hers") for start, stop, who in pauses],
    )
    assert found == Wait(days, hers, over=bool(first or ended))
    assert found.of_service == ours


def test_who_came_before_it_was_decided_has_not_waited():
    early = wait(day(10), day(31), first_session_on=day(4))
    assert (early.days, early.of_service) == (0, 0)


def test_a_wait_goes_over_the_end_of_a_year_and_a_leap_day():
    found = wait(
        date(2027, 12, 30),
        date(2028, 3, 2),
        first_session_on=date(2028, 3, 1),
        pauses=[Stretch(date(2028, 2, 28), date(2028, 3, 1), True)],
    )
    assert (found.days, found.paused_by_survivor) == (62, 2)
