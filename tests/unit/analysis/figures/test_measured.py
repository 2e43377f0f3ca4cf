"""Printed counts made by measures: of which rows of a snapshot."""

from datetime import date
from fractions import Fraction

import ibis
import pyarrow
import pytest

from onestory.analysis.figures import FigureError
from onestory.analysis.figures.measured import measured
from onestory.analysis.figures.ways import Measured
from onestory.analysis.tables import TABLES

CASES = (
    # person, team, sex, age, opened, closed, abuse
    ("ann", "housing", "female", 30, date(2020, 5, 1), date(2021, 6, 1), ["domestic", "sexual"]),
    ("ann", "housing", "female", 31, date(2021, 9, 1), date(2021, 9, 2), ["sexual"]),
    ("bea", "housing", "female", 20, date(2021, 5, 1), None, ["sexual", "domestic"]),
    ("cal", "housing", "male", 40, date(2021, 7, 1), date(2022, 1, 1), ["domestic"]),
    ("dot", "isva", "female", 50, date(2021, 7, 1), None, []),
    ("eve", "housing", "female", 50, date(2020, 5, 1), date(2020, 6, 1), []),
)
COLUMNS = ("person", "team", "sex", "age", "opened_on", "closed_on", "abuse")
YEAR = (date(2021, 4, 1), date(2022, 3, 31))


class Snapshot:
    """These cases, as a snapshot has them."""

    counted_to = date(2022, 12, 31)

    def table(self, code: str) -> ibis.Table:
        table = TABLES[code]
        rows = [dict.fromkeys(c.code for c in table.columns) for _ in CASES]
        for row, case in zip(rows, CASES, strict=True):
            row |= dict(zip(COLUMNS, case, strict=True))
        return ibis.memtable(pyarrow.Table.from_pylist(rows, schema=table.schema))


def made(measure: str = "cases-opened", **how) -> Fraction | str:
    """The number, or why there is none."""
    found = measured(Snapshot)(Measured(measure, *YEAR, **how))
    return found.missing or found.numbers[0][0]


@pytest.mark.parametrize(
    ("where", "number"),
    [
        ({}, 4),
        ({"team": "housing"}, 3),
        ({"team": "housing", "sex": "female"}, 2),
        ({"team": ["housing", "isva"], "sex": ["male", "female"]}, 4),
        ({"age": {"from": 31}}, 3),
        ({"age": {"from": 31, "until": 40}}, 2),
        ({"abuse": "domestic"}, 2),
        ({"abuse": {"first": "domestic"}}, 1),
    ],
)
def test_only_rows_that_are_asked_for_are_counted(where, number):
    assert made(where=where) == number


def test_a_part_is_given_in_percent():
    assert made(where={"team": "housing"}, among={"sex": "male"}) == Fraction(100, 3)


def test_whoever_was_there_at_some_time_in_the_year_is_one_person():
    assert made("cases-people", where={"team": "housing"}, open_in=True) == 3


def test_who_stands_at_the_end_of_a_year():
    assert made("cases-open-people", where={"team": "housing"}) == 1


def test_newcomers_have_nothing_before():
    assert made("cases-people", where={"team": "housing"}, newcomers=True) == 2


def test_none_counted_is_nought_but_nothing_recorded_is_no_figure():
    assert made(where={"team": "housing", "sex": "not-said"}) == 0
    assert made(where={"team": "refuge"}) == "nothing of that team and time is in the snapshot"
    assert made(where={"team": "housing", "sex": "x"}, among={"sex": "x"}).startswith("there is")


def test_what_cannot_be_asked_is_named():
    with pytest.raises(FigureError, match="The table cases has no column colour"):
        made(where={"colour": "red"})
    with pytest.raises(FigureError, match="There is no measure 'cases-openned'"):
        made("cases-openned")
