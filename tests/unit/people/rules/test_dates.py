from datetime import date

import pytest

from onestory.people.rules.dates import find_dates, near, one_slip, swapped

TODAY = date(2026, 11, 20)
BORN = date(1986, 4, 3)


def first(text: str) -> date | None:
    return next((born for born, _ in find_dates(text, today=TODAY)), None)


@pytest.mark.parametrize(
    "text",
    [
        "3/4/86",
        "03/04/1986",
        "3.4.1986",
        "3-4-86",
        "3 / 4 / 1986",
        "3 4 1986",
        "1986-04-03",
        "1986/4/3",
        "03041986",
        "030486",
        "3 April 1986",
        "3rd of April 1986",
        "3 apr 86",
        "3apr86",
        "April 3, 1986",
        "apr 3rd 1986",
        "born 3.4.86 in Grays",
    ],
)
def test_one_date_in_many_spellings(text):
    assert first(text) == BORN


def test_two_digits_are_the_latest_year_that_is_not_to_come():
    assert first("1/1/26") == date(2026, 1, 1)
    assert first("1/1/27") == date(1927, 1, 1)


def test_month_before_day_is_understood_where_it_cannot_be_otherwise():
    assert first("4/13/1986") == date(1986, 4, 13)


@pytest.mark.parametrize(
    "text",
    ["31/2/1986", "99/99/99", "1/1/1850", "21/11/2026", "12 High Street", "07700 900123", ""],
)
def test_what_is_no_date_of_birth(text):
    assert first(text) is None


def test_day_and_month_exchanged():
    assert swapped(BORN) == date(1986, 3, 4)
    assert swapped(date(1986, 4, 13)) is None
    assert swapped(date(1986, 4, 4)) is None


@pytest.mark.parametrize(
    ("other", "slip"),
    [
        (date(1986, 4, 8), True),
        (date(1968, 4, 3), True),
        (date(1986, 4, 30), True),
        (date(1996, 4, 3), True),
        (date(1987, 4, 8), False),
        (BORN, False),
    ],
)
def test_one_slip(other, slip):
    assert one_slip(BORN, other) is one_slip(other, BORN) is slip


def test_the_near_dates_hold_every_slip():
    found = near(BORN)
    every_day = (
        date.fromordinal(n) for n in range(date(1900, 1, 1).toordinal(), TODAY.toordinal())
    )
    assert {day for day in every_day if one_slip(BORN, day)} <= found
    assert {date(1985, 4, 3), date(1987, 4, 3), date(1986, 4, 2)} <= found
    assert BORN not in found
    assert len(found) < 60


def test_leap_days_and_ends_of_the_century():
    assert date(2000, 3, 1) in near(date(2000, 2, 29))
    assert date(1999, 1, 1) in near(date(2000, 1, 1))
