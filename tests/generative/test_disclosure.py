"""No small count can be worked out from what is published, whatever the tables are."""

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from onestory.analysis.disclosure import Rule, release
from onestory.analysis.report import Cell, Table
from tests.subtraction import Reader

pytestmark = pytest.mark.slow

RULE = Rule()
# Mostly small, since there is the trouble.
COUNTS = st.one_of(st.integers(0, 12), st.integers(0, 60))
LETTERS = "ABCDEFGH"


def table(numbers, columns: str, name: str = "area") -> Table:
    """A table with its totals beneath and beside."""
    lines = [[*line, sum(line)] for line in numbers]
    lines.append([sum(column) for column in zip(*lines, strict=True)])
    return Table(
        name=name,
        title=f"Cases by {name}",
        corner=name,
        columns=(*columns, "Total"),
        rows=(*(f"{name} {row}" for row in range(len(numbers))), "Total"),
        cells=tuple(tuple(Cell(number) for number in line) for line in lines),
        definition="",
        source="",
        method="",
    )


def grids(columns: int, most: int = 4):
    line = st.lists(COUNTS, min_size=columns, max_size=columns)
    return st.lists(line, min_size=1, max_size=most)


GRIDS = st.integers(1, 3).flatmap(grids)


def attack(*pairs, rule: Rule = RULE) -> None:
    """Fail if anything can be told more exactly than the rule allows."""
    reader = Reader(pairs, small=range(1, rule.largest + 1), nearest=rule.round_to)
    for key in reader.small_counts():
        low, high = reader.between(key)
        assert low <= key[-1] <= high
        assert high - low + 1 >= rule.leaves, (key, low, high)


@settings(max_examples=60)
@given(GRIDS)
def test_no_small_count_of_a_table_can_be_worked_out(numbers):
    true = table(numbers, LETTERS[: len(numbers[0])])
    attack((release([true], RULE).tables[0], true))


@settings(max_examples=30)
@given(GRIDS, st.sampled_from([Rule(largest=4, leaves=4), Rule(round_to=1), Rule(leaves=7)]))
def test_nor_by_another_rule(numbers, rule):
    true = table(numbers, LETTERS[: len(numbers[0])])
    attack((release([true], rule).tables[0], true), rule=rule)


@st.composite
def with_one_margin(draw):
    """Two tables of the same people: each column is split in two ways."""
    numbers = draw(st.integers(1, 3).flatmap(lambda n: grids(n, most=3)))
    others = []
    for total in map(sum, zip(*numbers, strict=True)):
        first = draw(st.integers(0, total))
        others.append((first, total - first))
    columns = LETTERS[: len(others)]
    return table(numbers, columns), table(list(zip(*others, strict=True)), columns, "group")


@settings(max_examples=40)
@given(with_one_margin())
def test_nor_from_two_tables_with_the_same_totals(pair):
    published = release(pair, RULE).tables
    attack(*zip(published, pair, strict=True))


@settings(max_examples=40)
@given(grids(3), st.integers(1, 2))
def test_nor_from_one_release_and_the_next(numbers, before):
    """The earlier one had fewer columns, so that other counts had to be hidden in it."""
    first = table([line[:before] for line in numbers], LETTERS[:before])
    then = table(numbers, LETTERS[:3])
    earlier = release([first], RULE)
    later = release([then], RULE, [earlier])
    assert not later.told_before
    attack((earlier.tables[0], first), (later.tables[0], then))


@settings(max_examples=40)
@given(GRIDS)
def test_what_is_shown_is_rounded_and_noughts_stay_noughts(numbers):
    true = table(numbers, LETTERS[: len(numbers[0])])
    published = release([true], RULE).tables[0]
    for line, were in zip(published.cells, true.cells, strict=True):
        for cell, was in zip(line, were, strict=True):
            if not cell.suppressed:
                assert cell.value == 5 * round(was.value / 5)
                assert was.value not in RULE.small


@settings(max_examples=30)
@given(GRIDS)
@example([[1], [1], [1], [1], [0]])  # all of it is withheld, noughts too
@example([[6, 0], [12, 0]])
def test_the_same_again_tells_nothing_new(numbers):
    true = table(numbers, LETTERS[: len(numbers[0])])
    once = release([true], RULE)
    assert release([true], RULE, [once]).tables == once.tables


def test_the_attack_succeeds_where_only_small_counts_are_hidden():
    """Otherwise these tests would show nothing."""
    true = table([[3], [20], [12]], "A")
    cells = tuple(
        tuple(Cell(None, suppressed=True) if cell.value in RULE.small else cell for cell in line)
        for line in true.cells
    )
    reader = Reader([(replace(true, cells=cells), true)], nearest=1)
    assert {reader.between(key) for key in reader.small_counts()} == {(3, 3)}


def test_and_where_the_next_release_forgets_the_last():
    first, then = table([[3, 0], [20, 31]], "AB"), table([[3, 0, 0], [20, 31, 0]], "ABC")
    rule = Rule(round_to=1)
    one, two = release([first], rule), release([then], rule)
    reader = Reader([(one.tables[0], first), (two.tables[0], then)], nearest=1)
    both = release([then], rule, [one])
    assert both.tables[0].cells != two.tables[0].cells or all(
        high - low >= 4 for low, high in map(reader.between, reader.small_counts())
    )
