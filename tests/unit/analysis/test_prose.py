"""Words for numbers, ties and nothing at all."""

from datetime import date, datetime

import pytest

from onestory.analysis import prose
from onestory.analysis.cases import CaseRow
from onestory.analysis.performance import report
from tests.housing_safeguarding import SETTINGS

MADE_AT = datetime(2020, 1, 1, 9)
TWO_YEARS = (date(2015, 4, 1), date(2017, 3, 31))


def paragraphs(rows, key, period=TWO_YEARS, made_at=MADE_AT) -> tuple[str, ...]:
    made = report(rows, SETTINGS, *period, made_at=made_at)
    return next(section.paragraphs for section in made.sections if section.key == key)


def case(day: date, area: str = "grays") -> CaseRow:
    return CaseRow(day, "mash", area, "female", frozenset({"domestic-abuse"}), "dash")


@pytest.mark.parametrize(
    ("words", "expected"),
    [(["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_lists(words, expected):
    assert prose.listed(words) == expected


@pytest.mark.parametrize(
    ("number", "expected"), [(0, "no cases"), (1, "1 case"), (2, "2 cases"), (1204, "1,204 cases")]
)
def test_numbers_of_cases(number, expected):
    assert prose.cases(number) == expected


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [
        (0, 300, "0%"),
        (1, 300, "less than 1%"),
        (299, 300, "more than 99%"),
        (300, 300, "100%"),
        (1, 200, "1%"),
        (1, 3, "33%"),
    ],
)
def test_some_is_never_none_and_not_all_never_all(part, whole, expected):
    assert prose.percentage(part, whole) == expected


def test_one_case():
    assert paragraphs([case(date(2015, 5, 1))], "month")[:2] == (
        (
            "The team opened 1 case in the two years: 1 in 2015/16 and none in 2016/17."
            " The average number of cases in a month was less than 1."
        ),
        "The most cases in one month was 1, in May 2015.",
    )


def test_change_from_nothing_gives_no_percentage():
    assert paragraphs([case(date(2016, 5, 1))], "month")[-1] == (
        "2016/17 had 1 more case than 2015/16."
    )


def test_years_alike():
    rows = [case(date(2015, 5, 1)), case(date(2016, 5, 1))]
    assert paragraphs(rows, "month")[-1] == "2016/17 had as many cases as 2015/16: 1."


def test_rows_that_tie_for_third_place_are_all_named():
    areas = ["grays"] * 4 + ["tilbury"] * 3 + ["purfleet", "stanford", "outside-thurrock"]
    rows = [case(date(2015, 5, 1), area) for area in areas]
    assert paragraphs(rows, "area")[0] == (
        "The areas with most cases were Grays, 4 of 10 (40%); Tilbury, 3 of 10 (30%);"
        " Stanford/Corringham, 1 of 10 (10%); Purfleet, 1 of 10 (10%);"
        " Outside Thurrock/Refuge, 1 of 10 (10%)."
    )


def test_areas_that_rise_alike_are_all_named():
    rows = [case(date(2016, 5, 1), area) for area in ("grays", "tilbury", "tilbury")]
    rows += [case(date(2015, 5, 1), "tilbury")]
    assert paragraphs(rows, "area")[1] == (
        "Between 2015/16 and 2016/17, Grays and Tilbury rose most (from 0 to 1 and from 1 to 2)."
    )


def test_a_single_month_has_no_peak():
    period = (date(2015, 5, 1), date(2015, 5, 31))
    said = paragraphs([case(date(2015, 5, 1))], "month", period)
    assert said == ("The team opened 1 case in the period.",)


def test_a_period_that_has_not_begun():
    said = paragraphs([], "introduction", made_at=datetime(2015, 1, 1))
    assert "The period has not begun: there is nothing to count yet." in said


def test_sexual_abuse_in_several_years():
    rows = [
        CaseRow(date(year, 5, 1), "mash", "grays", "female", frozenset({"sexual-abuse"}), "sericc")
        for year in (2015, 2015, 2016)
    ]
    assert paragraphs(rows, "sexual") == (
        (
            "The team opened 3 sexual abuse cases: 2 in 2015/16 (100% of 2 cases) and 1 in 2016/17"
            " (100% of 1 case)."
        ),
    )


def test_the_months_chart_in_words():
    rows = [case(date(2015, 5, 1))] * 3 + [case(date(2015, 6, 1))]
    made = report(rows, SETTINGS, *TWO_YEARS, made_at=MADE_AT)
    assert made.charts[0].alt == (
        "Bar chart of cases by month, one panel for each financial year. 2015/16: from 0 to 3 a"
        " month, highest in May 2015. 2016/17: no cases."
    )
