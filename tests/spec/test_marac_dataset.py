"""The formulas of the MARAC dataset, on what SafeLives published of the 12 months to 30 September 2024.

Published are sums and rounded shares. Counts that are not printed are worked back from the shares;
so each line says that the formula gives, of whole cases, the figure as it was printed.
"""

from datetime import date
from fractions import Fraction

import pytest

from onestory.analysis import marac
from onestory.analysis.marac import Area, rolling_year, together
from onestory.analysis.measures import MEASURES
from onestory.analysis.measures.wording import rounded
from tests.measuring import Rows, both

CASES = 119_985
# What was printed, in percent, and so how many of 119,985 cases that is.
SHARES = [
    ("marac-repeats", 31, 0, 37_195, {"repeat": True}),
    ("marac-partners", 36.1, 1, 43_315, {"from_police": False}),
    ("marac-minoritised", 14.1, 1, 16_918, {"ethnicity_group": "asian"}),
    ("marac-lgbt", 1.6, 1, 1_920, {"lgbt": True}),
    ("marac-disabled", 10.1, 1, 12_118, {"disabled": True}),
    ("marac-men", 6.4, 1, 7_679, {"sex": "male"}),
    ("marac-aged-16-17", 1.3, 1, 1_560, {"age": 17}),
]
DAY = {"heard_on": date(2025, 9, 30)}


@pytest.mark.parametrize(("code", "printed", "places", "part", "said"), SHARES)
def test_a_share_as_it_was_published(code, printed, places, part, said):
    assert rounded(marac.share(part, CASES), places) == rounded(Fraction(str(printed)), places)


@pytest.mark.parametrize(("code", "printed", "places", "part", "said"), SHARES)
def test_the_measure_is_that_formula(code, printed, places, part, said):
    """On a thousandth of the cases, each with somebody of whom nothing else is said."""
    few, of = round(part / 1000), round(CASES / 1000)
    rows = [{**DAY, "person": str(n), **(said if n < few else {})} for n in range(of)]
    found = both(MEASURES[code], Rows({"marac_cases": rows})).total
    assert (found.numerator, found.denominator) == (few, of)
    assert found.value == marac.share(few, of)


def test_cases_for_each_10000_women_as_published():
    """119,985 cases are 47 for each 10,000 women of some 25.5 million; repeats are among them."""
    assert rounded(marac.rate(CASES, 25_529_000), 0) == 47
    women = [Fraction(10_000 * CASES) / Fraction(limit) for limit in ("47.5", "46.5")]
    assert [round(number) for number in women] == [25_260_000, 25_803_226]


def test_children_and_those_who_harm_are_sums():
    rows = [{**DAY, "children": n, "harmed_by_child": n == 5} for n in (0, 2, 5, None)]
    found = {
        code: both(MEASURES[code], Rows({"marac_cases": rows})).total.value
        for code in ("marac-children", "marac-harmed-by-child")
    }
    assert found == {"marac-children": 7, "marac-harmed-by-child": 1}


# The quarters of a year, the oldest first; one may stand before them.
QUARTERS = [
    # handed in                     cases   put in
    ((30, 40, 50, 60), 180, ()),
    ((30, None, 50, 60), 170, (1,)),
    ((30, 40, 50, None), 170, (3,)),
    ((30, None, 50, None), 160, (1, 3)),
    ((99, 30, 40, 50, 60), 180, ()),
    ((99, None, 40, 50, 60), 249, (0,)),
    ((0, None, 0, 0), 0, (1,)),
]
LEFT_OUT = [
    (30, None, None, 60),
    (None, None, 50, 60),
    (30, 40, None, None),
    (99, 30, None, None, 60),
    (None, 30, 40, 50),
    (30, 40, 50),
    (),
]


@pytest.mark.parametrize(("quarters", "cases", "put_in"), QUARTERS)
def test_a_missing_quarter_is_that_of_the_quarter_before(quarters, cases, put_in):
    year = rolling_year(Area(10_000, quarters))
    assert (year.cases, year.substituted) == (cases, put_in)


@pytest.mark.parametrize("quarters", LEFT_OUT)
def test_of_two_missing_in_a_row_or_none_to_put_in_the_area_is_left_out(quarters):
    assert rolling_year(Area(10_000, quarters)) is None


def test_an_area_that_is_left_out_takes_its_women_with_it():
    whole, gone = Area(20_000, (25, 25, 25, 25)), Area(30_000, (25, None, None, 25))
    year = together([whole, gone])
    assert (year.cases, year.women, marac.rate(year.cases, year.women)) == (100, 20_000, 50)
    assert together([gone]) is None


def test_without_women_there_is_no_rate():
    with pytest.raises(ValueError, match="no rate"):
        marac.rate(10, 0)


def test_what_is_expected():
    """40 for each 10,000 women; an IDVA for 100 referrals a year; an administrator for 400 cases."""
    assert marac.expected(69_700) == Fraction(2788, 10)
    assert marac.staff(250, marac.BENCHMARKS["referrals-an-idva"]) == Fraction(5, 2)
    assert marac.staff(300, marac.BENCHMARKS["cases-an-administrator"]) == Fraction(3, 4)
    assert marac.BENCHMARKS["caseload"].text == "60 to 80"
    assert all(one.source and not one.verified for one in marac.BENCHMARKS.values())


def test_change_on_the_year_before():
    assert marac.change(110, 100) == 10
    assert marac.change(5, 0) is None
