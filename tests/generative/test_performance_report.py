"""What holds of the performance report whatever the cases are."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from onestory.analysis.cases import CaseRow, Selection
from onestory.analysis.performance import report
from tests.housing_safeguarding import SETTINGS

pytestmark = pytest.mark.slow

MADE_AT = datetime(2019, 1, 1, 9)
DAYS = st.dates(date(2014, 4, 1), date(2018, 12, 31))
COUNTS = {"month", "area", "group", "category"}


def code(known, *others: str):
    return st.sampled_from([*known, *others])


CASES = st.builds(
    CaseRow,
    opened=DAYS,
    category=code(SETTINGS.categories, "new-category", ""),
    area=code(SETTINGS.areas, "elsewhere", ""),
    group=code(SETTINGS.groups, ""),
    abuse=st.frozensets(code(SETTINGS.abuses), max_size=3),
    risk_assessment=code(SETTINGS.assessments, None),
)
PERIODS = st.tuples(DAYS, DAYS).map(sorted)
WHOLE_YEARS = (date(2014, 4, 1), date(2018, 3, 31))


def make(rows, period=WHOLE_YEARS, made_at=MADE_AT):
    return report(rows, SETTINGS, *period, made_at=made_at)


def numbers(table) -> dict[tuple[str, str], int | None]:
    return {
        (row, column): cell.value
        for row, cells in table.lines
        for column, cell in zip(table.columns, cells, strict=True)
    }


@given(st.lists(CASES), PERIODS)
def test_every_case_of_the_period_is_counted_once_in_each_table(rows, period):
    made = make(rows, period)
    inside = sum(period[0] <= row.opened <= period[1] for row in rows)
    for table in made.tables:
        if table.name in COUNTS:
            body = table.cells[:-1]
            assert sum(cell.value or 0 for cells in body for cell in cells) == inside


@given(st.lists(CASES), PERIODS)
def test_totals_are_the_sums_of_their_columns(rows, period):
    made = make(rows, period)
    columns = made.table("total").columns
    for table in made.tables:
        if table.name in COUNTS:
            for place, column in enumerate(table.columns):
                total = sum(cells[place].value or 0 for cells in table.cells[:-1])
                assert table.cell("Total", column).value == total
                assert made.table("total").cell("Total", column).value == total
    risk = made.table("risk")
    for column in columns:
        done, missing = (risk.cell(r, column).value for r in ("Completed", "Not completed"))
        assert done + missing == risk.cell("Total", column).value


@given(
    st.lists(CASES, min_size=2).flatmap(
        lambda rows: st.tuples(st.just(rows), st.permutations(rows))
    )
)
def test_the_order_of_the_rows_does_not_matter(pair):
    assert make(pair[0]) == make(pair[1])


@given(st.lists(CASES), CASES)
def test_one_more_case_moves_one_cell_of_each_table(rows, case):
    assume(WHOLE_YEARS[0] <= case.opened <= WHOLE_YEARS[1])
    before, after = make(rows), make([*rows, case])
    for name in COUNTS:
        old, new = numbers(before.table(name)), numbers(after.table(name))
        moved = [
            (row, column) for row, column in new if new[row, column] != old.get((row, column), 0)
        ]
        body = [(row, column) for row, column in moved if row != "Total"]
        assert len(body) == 1
        assert moved == [*body, ("Total", body[0][1])]
        assert new[body[0]] == old.get(body[0], 0) + 1


@given(st.lists(CASES), PERIODS)
def test_every_cell_opens_to_the_cases_it_counts(rows, period):
    for table in make(rows, period).tables:
        for cell in (cell for cells in table.cells for cell in cells if cell.unit == "cases"):
            if cell.value is not None:
                behind = Selection.parse(cell.key)
                assert behind.key == cell.key
                assert cell.value == sum(behind.holds(row, SETTINGS) for row in rows)


@given(st.lists(CASES), PERIODS, DAYS)
def test_any_cases_any_period_and_any_day_make_a_report(rows, period, today):
    made = make(rows, period, datetime(today.year, today.month, today.day))
    assert [section.number for section in made.sections] == list(range(1, 8))
    for section in made.sections:
        assert section.paragraphs
        assert all(text.strip() and "None" not in text for text in section.paragraphs)
    for table in made.tables:
        assert len(set(table.rows)) == len(table.rows)
        assert len(set(table.columns)) == len(table.columns)
        for cell in (cell for cells in table.cells for cell in cells if cell.unit == "percent"):
            assert cell.value is None or 0 <= cell.value <= 100


@given(st.lists(CASES), PERIODS)
def test_a_small_count_is_never_printed_without_its_warning(rows, period):
    made = make(rows, period)
    small = any(
        cell.unit == "cases" and cell.value and cell.value <= 7
        for table in made.tables
        for cells in table.cells
        for cell in cells
    )
    assert bool(made.warning) == small


@given(CASES)
def test_a_case_outside_the_period_moves_nothing(case):
    outside = replace(case, opened=date(2013, 3, 3))
    assert make([case, outside]) == make([case])
