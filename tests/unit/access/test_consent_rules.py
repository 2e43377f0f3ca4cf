"""When a yes is a yes, whom each assessment fits, and how a consent stands on a day."""

from datetime import UTC, date, datetime

import pytest

from onestory.access.models import Capacity
from onestory.access.rules.consent import State, end_of, fits_age, state, why_not

TODAY = date(2026, 6, 10)


@pytest.mark.parametrize(
    "age, fits",
    [
        (9, {"parent", "under-13", "gillick"}),
        (12, {"parent", "under-13", "gillick"}),
        (13, {"parent", "gillick"}),
        (15, {"parent", "gillick"}),
        (16, {"16-17", "lacks-capacity"}),
        (17, {"16-17", "lacks-capacity"}),
        (18, {"adult", "lacks-capacity"}),
        (80, {"adult", "lacks-capacity"}),
        (None, set(Capacity.values)),
    ],
)
def test_each_assessment_is_for_an_age(age, fits):
    assert {capacity for capacity in Capacity.values if fits_age(capacity, age)} == fits


@pytest.mark.parametrize("capacity", Capacity.values)
def test_a_no_needs_no_capacity(capacity):
    assert why_not("refused", capacity, "Judged by me.") is None


@pytest.mark.parametrize(
    "capacity, note, stands",
    [
        ("adult", "", True),
        ("16-17", "", True),
        ("gillick", "", False),
        ("gillick", "Judged by me.", True),
        ("parent", " ", False),
        ("parent", "Her mother.", True),
        ("under-13", "Her mother.", False),
        ("lacks-capacity", "Judged by me.", False),
    ],
)
def test_a_yes_by_who_can_give_it(capacity, note, stands):
    assert (why_not("given", capacity, note) is None) is stands


@pytest.mark.parametrize(
    "facts, expected",
    [
        ({}, State.GIVEN),
        ({"answer": "refused"}, State.REFUSED),
        ({"taken_back": ["story"]}, State.PARTLY),
        ({"taken_back": ["story", "needs"]}, State.WITHDRAWN),
        ({"until": TODAY}, State.GIVEN),
        ({"until": date(2026, 6, 9)}, State.LAPSED),
        ({"until": date(2026, 6, 9), "taken_back": ["story", "needs"]}, State.WITHDRAWN),
        ({"still_open": False}, State.ENDED),
        ({"still_open": True}, State.GIVEN),
    ],
    ids=str,
)
def test_how_it_stands(facts, expected):
    usual = {"answer": "given", "kinds": ["story", "needs"], "taken_back": [], "until": None}
    assert state(**usual | facts, today=TODAY) is expected


def test_the_last_day_is_over_at_midnight_where_people_are():
    assert end_of(None) is None
    assert end_of(date(2026, 6, 10)) == datetime(2026, 6, 10, 23, tzinfo=UTC)
    assert end_of(date(2026, 12, 10)) == datetime(2026, 12, 11, tzinfo=UTC)
