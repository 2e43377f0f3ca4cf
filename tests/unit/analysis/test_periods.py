"""Periods cut into financial years and months."""

from datetime import date

import pytest

from onestory.analysis.periods import Period

LATER = date(2030, 1, 1)


def labels(start, end, today=LATER) -> list[str]:
    return [year.label for year in Period(start, end, today).years]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(2015, 4, 1), date(2017, 3, 31), ["2015/16", "2016/17"]),
        (date(2015, 7, 1), date(2016, 3, 31), ["2015/16 (from 1 July 2015)"]),
        (date(2015, 4, 1), date(2016, 5, 31), ["2015/16", "2016/17 (to 31 May 2016)"]),
        (date(2015, 7, 1), date(2015, 7, 1), ["2015/16 (1 July 2015 to 1 July 2015)"]),
        (date(1999, 4, 1), date(2000, 3, 31), ["1999/00"]),
    ],
)
def test_years_are_named_with_the_part_that_is_in_the_period(start, end, expected):
    assert labels(start, end) == expected


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2016, 4, 1), "2015/16"),
        (date(2016, 3, 31), "2015/16 (so far)"),
        (date(2014, 1, 1), "2015/16 (so far)"),
    ],
)
def test_a_year_has_ended_on_the_day_after_its_last(today, expected):
    assert labels(date(2015, 4, 1), date(2016, 3, 31), today) == [expected]


def test_a_part_year_that_has_not_ended_says_both():
    assert labels(date(2015, 5, 1), date(2016, 3, 31), date(2015, 6, 1)) == [
        "2015/16 (from 1 May 2015, so far)"
    ]


def test_months_are_complete_only_when_wholly_inside_and_past():
    period = Period(date(2015, 4, 10), date(2015, 12, 31), date(2015, 7, 20))
    assert [(month.label, month.complete) for month in period.months] == [
        ("April 2015", False),
        ("May 2015", True),
        ("June 2015", True),
        ("July 2015", False),
    ]
    assert period.months[0].start == date(2015, 4, 10)


def test_february_ends_where_it_should():
    period = Period(date(2015, 4, 1), date(2016, 3, 31), LATER)
    assert period.months[10].end == date(2016, 2, 29)
    assert period.months[11].end == date(2016, 3, 31)


def test_a_period_that_has_not_begun_has_no_months():
    assert Period(date(2015, 4, 1), date(2016, 3, 31), date(2015, 1, 1)).months == ()


def test_a_period_cannot_end_before_it_starts():
    with pytest.raises(ValueError, match="cannot end before"):
        Period(date(2016, 4, 1), date(2016, 3, 31), LATER)
