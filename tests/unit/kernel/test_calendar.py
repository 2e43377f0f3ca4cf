from datetime import UTC, date, datetime

import pytest

from onestory.kernel.calendar import (
    LONDON,
    FinancialYear,
    add_working_days,
    bank_holidays,
    deadline,
    due_in_words,
    financial_years,
    is_working_day,
    local,
    months,
    overdue,
    working_days_between,
)


def london(*parts: int, fold: int = 0) -> datetime:
    return datetime(*parts, tzinfo=LONDON, fold=fold)


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2018, 3, 29), True),  # Maundy Thursday
        (date(2018, 3, 30), False),  # Good Friday
        (date(2018, 4, 2), False),  # Easter Monday
        (date(2018, 4, 3), True),
        (date(2026, 12, 28), False),  # Boxing Day, on a Saturday, observed
        (date(2022, 9, 19), False),  # declared once, for a state funeral
        (date(2026, 11, 30), True),  # Saint Andrew's day: not in England
        (date(2026, 11, 21), False),  # a Saturday
    ],
)
def test_working_days(day, working):
    assert is_working_day(day) is working


def test_bank_holidays_have_names():
    assert bank_holidays(2018)[date(2018, 3, 30)] == "Good Friday"


@pytest.mark.parametrize(
    ("day", "number", "expected"),
    [
        (date(2018, 3, 29), 1, date(2018, 4, 3)),
        (date(2018, 3, 31), 1, date(2018, 4, 3)),
        (date(2018, 3, 31), 0, date(2018, 4, 3)),
        (date(2018, 3, 29), 0, date(2018, 3, 29)),
        (date(2018, 4, 3), -1, date(2018, 3, 29)),
        (date(2018, 1, 2), 45, date(2018, 3, 6)),
    ],
)
def test_adding_working_days(day, number, expected):
    assert add_working_days(day, number) == expected


def test_counting_working_days():
    assert working_days_between(date(2018, 3, 29), date(2018, 4, 3)) == 1
    assert working_days_between(date(2018, 3, 29), date(2018, 3, 29)) == 0
    assert working_days_between(date(2018, 4, 3), date(2018, 3, 28)) == -2
    assert working_days_between(date(2017, 12, 31), date(2018, 12, 31)) == 253


class TestDeadline:
    def test_hours_run_over_weekends_and_bank_holidays(self):
        assert deadline(london(2018, 3, 30, 9, 15), hours=24) == london(2018, 3, 31, 9, 15)

    def test_hours_are_hours_that_pass_when_the_clocks_go_forward(self):
        assert (
            deadline(london(2018, 3, 24, 12), hours=24).isoformat() == "2018-03-25T13:00:00+01:00"
        )

    def test_hours_are_hours_that_pass_when_the_clocks_go_back(self):
        due = deadline(london(2018, 10, 27, 12), hours=24)
        assert due.isoformat() == "2018-10-28T11:00:00+00:00"

    def test_the_hour_that_comes_twice(self):
        assert deadline(london(2018, 10, 28, 1, 30), hours=1) == london(2018, 10, 28, 1, 30, fold=1)

    @pytest.mark.parametrize(
        "received", [london(2018, 1, 5, 9), london(2018, 1, 5, 23), london(2018, 1, 6, 3)]
    )
    def test_one_working_day_is_the_close_of_the_next(self, received):
        assert deadline(received, working_days=1) == london(2018, 1, 8, 17)

    def test_the_day_is_the_one_in_london(self):
        just_after_midnight = datetime(2018, 6, 4, 23, 30, tzinfo=UTC)
        assert deadline(just_after_midnight, working_days=1) == london(2018, 6, 6, 17)

    def test_the_answer_is_in_the_time_of_london(self):
        due = deadline(datetime(2018, 6, 4, 8, tzinfo=UTC), hours=4)
        assert due.tzinfo is LONDON
        assert due.hour == 13

    @pytest.mark.parametrize("given", [{}, {"hours": 1, "working_days": 1}])
    def test_it_needs_one_measure(self, given):
        with pytest.raises(ValueError, match="either"):
            deadline(london(2018, 1, 5), **given)

    @pytest.mark.parametrize("given", [{"hours": 1}, {"working_days": 1}])
    def test_it_needs_a_time_zone(self, given):
        with pytest.raises(ValueError, match="time zone"):
            deadline(datetime(2018, 1, 5), **given)


NOW = london(2026, 11, 20, 12)  # a Friday


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (london(2026, 11, 20, 16, 30), "due today 16:30"),
        (NOW, "due today 12:00"),
        (london(2026, 11, 21, 9), "due tomorrow 09:00"),
        (london(2026, 11, 23, 12), "due Monday 12:00"),
        (london(2026, 11, 26, 12), "due Thursday 12:00"),
        (london(2026, 11, 27, 12), "due 27 November 12:00"),
        (london(2027, 1, 5, 17), "due 5 January 2027 17:00"),
        (london(2026, 11, 20, 11, 59, 30), "overdue by less than a minute"),
        (london(2026, 11, 20, 11, 59), "overdue by 1 minute"),
        (london(2026, 11, 20, 11, 15), "overdue by 45 minutes"),
        (london(2026, 11, 20, 10, 59), "overdue by 1 hour"),
        (london(2026, 11, 20, 10), "overdue by 2 hours"),
        (london(2026, 11, 19, 12), "overdue by 1 day"),
        (london(2026, 11, 17, 11), "overdue by 3 days"),
    ],
)
def test_due_in_words(due, words):
    assert due_in_words(due, NOW) == words
    assert due_in_words(due.astimezone(UTC), NOW.astimezone(UTC)) == words
    assert overdue(due, NOW) is words.startswith("overdue")


def test_local_is_what_the_clock_on_the_wall_says():
    assert (
        local(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)).isoformat() == "2026-07-02T00:30:00+01:00"
    )


class TestFinancialYear:
    def test_it_turns_on_the_first_of_april(self):
        assert FinancialYear.of(date(2016, 3, 31)).label == "2015/16"
        assert FinancialYear.of(date(2016, 4, 1)).label == "2016/17"

    def test_its_days(self):
        year = FinancialYear(2015)
        assert (year.start, year.end) == (date(2015, 4, 1), date(2016, 3, 31))
        assert date(2016, 2, 29) in year
        assert date(2016, 4, 1) not in year

    def test_its_label_over_the_century(self):
        assert str(FinancialYear(1999)) == "1999/00"

    def test_its_months(self):
        months_of_year = FinancialYear(2015).months()
        assert len(months_of_year) == 12
        assert months_of_year[0] == date(2015, 4, 1)
        assert months_of_year[-1] == date(2016, 3, 1)

    def test_it_is_read_from_its_label(self):
        assert FinancialYear.parse("2015/16") == FinancialYear(2015)

    @pytest.mark.parametrize("label", ["2015", "2015/17", "2015-16", "20/15", "", "²015/16"])
    def test_other_labels_are_refused(self, label):
        with pytest.raises(ValueError, match="financial year"):
            FinancialYear.parse(label)

    def test_the_years_of_a_period(self):
        years = financial_years(date(2015, 4, 1), date(2018, 3, 31))
        assert [year.label for year in years] == ["2015/16", "2016/17", "2017/18"]
        assert list(years) == sorted(years)


def test_the_months_of_a_period():
    assert list(months(date(2015, 12, 9), date(2016, 2, 1))) == [
        date(2015, 12, 1),
        date(2016, 1, 1),
        date(2016, 2, 1),
    ]
