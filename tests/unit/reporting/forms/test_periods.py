"""The period of a report, as it is chosen on its page."""

from datetime import date

import pytest

from onestory.kernel.calendar import FinancialYear
from onestory.reporting.forms.periods import PeriodForm

YEARS = [FinancialYear(2017), FinancialYear(2016), FinancialYear(2015)]


def form(from_, to):
    return PeriodForm({"from": from_, "to": to}, years=YEARS)


def test_years_are_chosen_by_their_first_and_last_day():
    made = form("2015-04-01", "2018-03-31")
    assert made.is_valid()
    assert made.period == (date(2015, 4, 1), date(2018, 3, 31))
    assert [label for _, label in made.fields["from"].choices] == ["2017/18", "2016/17", "2015/16"]


def test_an_address_may_name_other_days_and_they_stay_chosen():
    made = form("2015-07-01", "2018-03-31")
    assert made.is_valid()
    assert made.fields["from"].choices[0] == ("2015-07-01", "1 July 2015")


@pytest.mark.parametrize(
    ("from_", "to", "field"),
    [
        ("2018-03-01", "2016-03-31", "to"),
        ("1800-04-01", "2016-03-31", "to"),
        ("soon", "2016-03-31", "from"),
        ("2015-04-01", "", "to"),
        ("2015-04-01", "2015-02-30", "to"),
    ],
)
def test_what_is_no_period_is_said_beside_the_field(from_, to, field):
    made = form(from_, to)
    assert not made.is_valid()
    assert list(made.errors) == [field]
