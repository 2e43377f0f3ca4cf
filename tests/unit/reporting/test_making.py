"""Which period a report has when nobody says, and which it may not have."""

from datetime import date

import pytest
from django.utils import timezone

from onestory.kernel.errors import Refused
from onestory.reporting.making import check_period, usual_period, years_to_choose

LONG_AGO = date(2015, 4, 7), date(2018, 3, 30)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda: date(2026, 6, 15))


@pytest.mark.parametrize(
    ("first_case", "last_case", "from_", "to"),
    [
        (*LONG_AGO, date(2015, 4, 1), date(2018, 3, 31)),
        (date(2012, 1, 1), date(2018, 4, 1), date(2016, 4, 1), date(2019, 3, 31)),
        (date(2024, 5, 1), date(2026, 6, 1), date(2024, 4, 1), date(2026, 3, 31)),
        (date(2026, 4, 2), date(2026, 6, 1), date(2026, 4, 1), date(2027, 3, 31)),
    ],
    ids=["three years", "the last three", "only whole years", "only the year that runs"],
)
def test_the_usual_period(first_case, last_case, from_, to):
    assert usual_period((first_case, last_case)) == (from_, to)


def test_without_cases_the_usual_period_is_the_year_that_runs():
    assert usual_period(None) == (date(2026, 4, 1), date(2027, 3, 31))


def test_years_to_choose_go_from_now_back_to_the_first_case():
    labels = [year.label for year in years_to_choose((date(2024, 3, 31), date(2024, 5, 1)))]
    assert labels == ["2026/27", "2025/26", "2024/25", "2023/24"]
    assert [year.label for year in years_to_choose(None)] == ["2026/27"]


def test_a_period_of_ten_years_up_to_the_next_is_allowed():
    check_period(date(2018, 4, 1), date(2028, 3, 31))


@pytest.mark.parametrize(
    ("from_", "to", "why"),
    [
        (date(2018, 4, 1), date(2018, 3, 31), "end before it begins"),
        (date(1989, 12, 31), date(1990, 1, 1), "before 1990"),
        (date(2025, 4, 1), date(2028, 4, 1), "later than next financial year"),
        (date(2015, 3, 31), date(2025, 3, 31), "at most 10 financial years"),
    ],
)
def test_a_period_that_makes_no_report_is_refused(from_, to, why):
    with pytest.raises(Refused, match=why):
        check_period(from_, to)
