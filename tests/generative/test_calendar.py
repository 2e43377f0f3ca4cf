from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from onestory.kernel.calendar import (
    LONDON,
    FinancialYear,
    add_working_days,
    deadline,
    due_in_words,
    is_working_day,
    overdue,
    working_days_between,
)

days = st.dates(date(1980, 1, 1), date(2060, 12, 31))
moments = st.datetimes(datetime(1980, 1, 1), datetime(2060, 12, 31), timezones=st.just(UTC))


@given(days, st.integers(1, 60))
def test_counting_undoes_adding(day, number):
    later = add_working_days(day, number)
    assert is_working_day(later)
    assert working_days_between(day, later) == number


@given(days, st.integers(-60, 60))
def test_going_back_and_forth_ends_where_it_began(day, number):
    day = add_working_days(day, 0)
    assert add_working_days(add_working_days(day, number), -number) == day


@given(moments, moments, st.integers(1, 60))
def test_what_is_received_later_is_never_due_earlier(one, other, number):
    first, second = sorted((one, other))
    assert deadline(first, working_days=number) <= deadline(second, working_days=number)


@given(moments, st.integers(0, 1000))
def test_hours_are_hours_that_pass(start, hours):
    due = deadline(start, hours=hours)
    assert due.tzinfo is LONDON
    assert due.astimezone(UTC) - start == timedelta(hours=hours)


@given(moments, moments)
def test_every_deadline_has_words(due, now):
    words = due_in_words(due, now)
    assert words.startswith("overdue by " if overdue(due, now) else "due ")


@given(days)
def test_every_day_lies_in_its_financial_year_alone(day):
    year = FinancialYear.of(day)
    assert day in year
    assert day not in FinancialYear(year.first - 1)
    assert day not in FinancialYear(year.first + 1)
    assert FinancialYear.parse(year.label) == year
