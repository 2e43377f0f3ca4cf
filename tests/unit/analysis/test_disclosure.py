"""The rule for publication, table by table."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from onestory.analysis.cases import CaseRow
from onestory.analysis.disclosure import Rule, keep, kept, publish, release, told
from onestory.analysis.performance import report
from onestory.analysis.report import Cell, Count, Made, Table
from onestory.analysis.statistics import wilson
from tests.housing_safeguarding import SETTINGS

RULE = Rule()


def table(lines: dict, columns=("Women",), name="area", of_people=True) -> Table:
    cells = tuple(
        tuple(cell if isinstance(cell, Cell) else Cell(cell) for cell in line)
        for line in lines.values()
    )
    return Table(
        name, f"Cases by {name}", name, tuple(columns), tuple(lines), cells, "", "", "", of_people
    )


def published(*tables: Table, rule: Rule = RULE, earlier=()) -> list[list[list[str]]]:
    found = release(tables, rule, earlier).tables
    return [[[cell.text for cell in line] for line in one.cells] for one in found]


def column(lines: dict, **more) -> list[str]:
    return [line[0] for line in published(table({k: [v] for k, v in lines.items()}), **more)[0]]


@pytest.mark.parametrize(
    ("count", "text"),
    [(0, "0"), (1, "*"), (7, "*"), (8, "10"), (12, "10"), (13, "15"), (1203, "1,205")],
)
def test_a_count_alone(count, text):
    assert column({"Grays": count}) == [text]


def test_noughts_are_hidden_where_the_rule_says_so():
    rule = Rule(zeros_shown=False)
    assert column({"Grays": 0, "Tilbury": 40}, rule=rule) == ["*", "40"]


def test_rounding_alone_can_protect_a_small_count():
    lines = {"Grays": 3, "Tilbury": 20, "Purfleet": 30, "Total": 53}
    assert column(lines) == ["*", "20", "30", "55"]


def test_where_it_does_not_another_is_hidden_beside_it():
    """18 prints as 20 and 12 as 10: the difference would lie between 6 and 7."""
    lines = {"Grays": 6, "Tilbury": 12, "Total": 18}
    assert column(lines) == ["*", "*", "20"]


def test_without_rounding_something_is_always_hidden_beside_it():
    rule = Rule(round_to=1)
    assert column({"Grays": 3, "Tilbury": 12, "Ockendon": 40, "Total": 55}, rule=rule) == [
        "*",
        "*",
        "40",
        "55",
    ]


def test_where_small_counts_alone_make_a_small_total_the_line_is_withheld_with_its_noughts():
    """Seven places and seven people, or four places and a nought: each would be plain to see."""
    assert column({**dict.fromkeys("ABCDEFG", 1), "Total": 7}) == ["*"] * 8
    assert column({"A": 1, "B": 1, "C": 1, "D": 1, "E": 0, "Total": 4})[4] == "*"


def test_two_tables_of_the_same_people_are_one_puzzle():
    """Each alone gives nothing away, for it does not print the other's total."""
    areas = table({"Grays": [6], "Tilbury": [12]}, name="area")
    everybody = table({"Total": [18]}, name="all")
    apart = published(areas)[0], published(everybody)[0]
    assert apart == ([["*"], ["10"]], [["20"]])
    with_total = table({"Grays": [6], "Tilbury": [12], "Total": [18]}, name="area")
    assert published(with_total, everybody) == [[["*"], ["*"], ["20"]], [["20"]]]


def test_figures_that_say_whom_they_count_are_the_same_wherever_they_stand():
    whole = [Cell(6, who="grays")], [Cell(12, who="tilbury")], [Cell(18, who="all")]
    areas = table(dict(zip(("Grays", "Tilbury", "Total"), whole, strict=True)))
    other = table({"Away from the river": [Cell(12, who="tilbury")]}, name="place")
    assert published(areas, other)[1] == [["*"]]


def test_what_was_hidden_once_stays_hidden_while_it_is_the_same():
    first = table({"Grays": [6], "Tilbury": [12], "Total": [18]})
    earlier = release([first], RULE)
    then = table({"Tilbury": [12]})
    assert published(then) == [[["10"]]]
    assert published(then, earlier=[earlier]) == [[["*"]]]


def days(first: str, last: str, number: int) -> Cell:
    return Cell(number, who=f"cases · {first} · {last} · team=idva")


def test_a_year_and_its_quarters_are_one_puzzle_also_in_reports_that_follow_each_other():
    """18 printed as 20, less 12 printed as 10: the small quarter would be 6 or 7."""
    year = table({"Year": [days("2025-04-01", "2026-03-31", 18)]}, name="year")
    quarters = table(
        {
            "Q1": [days("2025-04-01", "2025-06-30", 6)],
            "Q2": [days("2025-07-01", "2025-09-30", 0)],
            "Q3 and Q4": [days("2025-10-01", "2026-03-31", 12)],
        },
        name="quarter",
    )
    assert published(quarters) == [[["*"], ["0"], ["10"]]]
    assert published(quarters, earlier=[release([year], RULE)]) == [[["*"], ["0"], ["*"]]]
    assert published(year, earlier=[release([quarters], RULE)]) == [[["*"]]]


@pytest.mark.parametrize(
    "other",
    [
        days("2025-09-30", "2026-03-31", 12),  # overlaps
        days("2025-10-02", "2026-03-31", 12),  # leaves a day out
        days("2025-10-01", "2026-03-31", 11),  # does not add up: somebody is in both halves
        Cell(12, who="cases · 2025-10-01 · 2026-03-31 · team=mash"),
    ],
)
def test_what_does_not_make_up_the_whole_tells_nothing_of_it(other):
    first = table({"Year": [days("2025-04-01", "2026-03-31", 18)]})
    then = table({"A": [days("2025-04-01", "2025-09-30", 6)], "B": [other]}, name="then")
    assert published(then, earlier=[release([first], RULE)]) == published(then)


def test_what_earlier_releases_have_given_away_is_named():
    loose = Rule(round_to=1, leaves=2)
    first = table({"Grays": [12], "Total": [18]}, name="area")
    then = table({"Grays": [12], "Tilbury": [6], "Total": [18]}, name="area")
    earlier = release([first], loose)
    assert release([then], loose, [earlier]).told_before == ("area: Tilbury, Women",)


def ratio(part: int, whole: int, **more) -> Cell:
    made = Made("ratio", (Count(part, "some"), Count(whole, "all")), times=100, **more)
    return Cell(round(100 * part / whole), "percent", key="behind", made=made)


def test_a_percentage_is_made_of_the_rounded_counts():
    """43 of 58 are 74%; 45 of 60 are 75%."""
    cell = release([table({"Share": [ratio(43, 58)]})], RULE).tables[0].cells[0][0]
    assert cell.text == "75%"
    assert cell.key is None and cell.exact is None
    assert [count.number for count in cell.made.of] == [45, 60]


def test_a_percentage_is_hidden_with_its_counts():
    assert column({"Share": ratio(3, 58)}) == ["*"]


def test_its_places_and_interval_are_made_again_too():
    made = ratio(43, 58, places=1, interval="wilson")
    cell = release([table({"Share": [made]})], RULE).tables[0].cells[0][0]
    assert cell.value == Decimal("75.0")
    assert (cell.low, cell.high) == (100 * wilson(45, 60).low, 100 * wilson(45, 60).high)


def test_a_rate_divides_by_the_population_as_it_is():
    made = Made("ratio", (Count(43, "some"), Count(12_000)), times=1000, places=2, interval="byar")
    assert column({"Rate": Cell(Decimal("3.58"), "per 1,000", made=made)}) == ["3.75"]


@pytest.mark.parametrize(("how", "text"), [("difference", "+15"), ("growth", "+33%")])
def test_changes_are_made_of_the_rounded_counts(how, text):
    unit = "change" if how == "difference" else "change percent"
    made = Made(how, (Count(58, "now"), Count(43, "then")))
    assert column({"Change": Cell(15, unit, made=made)}) == [text]


@pytest.mark.parametrize(("people", "text"), [(7, "*"), (8, "41.5")])
def test_an_average_of_too_few_is_hidden_and_else_left_as_it_is(people, text):
    made = Made("average", (Count(people, "waited"),))
    assert column({"Days": Cell(Decimal("41.5"), "days", made=made)}) == [text]


def test_many_contacts_of_few_people_are_hidden_too():
    """And what they are part of does not give them away."""
    rule = Rule(round_to=1)
    lines = {"Grays": Cell(30, people=3), "Tilbury": Cell(40, people=38), "Total": 70}
    assert column(lines) == ["*", "40", "70"]
    assert column(lines, rule=rule) == ["*", "*", "70"]
    made = Made("ratio", (Count(30, "some", people=3), Count(70, "all", people=41)), times=100)
    assert column({"Share": Cell(43, "percent", made=made)}) == ["*"]


def test_money_and_models_are_of_nobody():
    assert column({"Cost": Cell(3, "pounds")}) == ["£3"]
    model = table({"Expected": [3]}, of_people=False)
    assert published(model) == [[["3"]]]


def test_a_gap_stays_a_gap():
    assert column({"Grays": Cell(None, gap="not asked"), "Tilbury": 3}) == ["not asked", "*"]


def test_a_figure_that_does_not_say_what_it_is_made_of_is_refused():
    with pytest.raises(ValueError, match="Cases by area: Share, Women does not say from which"):
        column({"Share": Cell(35, "percent")})


def test_one_group_with_two_numbers_is_refused():
    with pytest.raises(ValueError, match="women is 41 here and 40 elsewhere"):
        published(
            table({"Women": [Cell(40, who="women")]}),
            table({"Women": [Cell(41, who="women")]}, name="sex"),
        )


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"smallest": 0}, "not from 0 to 7"),
        ({"smallest": 9}, "not from 9 to 7"),
        ({"round_to": 20}, "rounding to 20 would make nought of somebody"),
        ({"round_to": 0}, "rounding to 0"),
        ({"leaves": 8}, "not 8"),
        ({"leaves": 1}, "not 1"),
    ],
)
def test_a_rule_that_cannot_be_kept_is_refused(given, said):
    with pytest.raises(ValueError, match=said):
        Rule(**given)


def test_the_rule_in_words():
    assert RULE.words == (
        "For publication: counts from 1 to 7 are replaced by *, and so are figures from which these"
        " could be worked out. All other counts are rounded to the nearest 5, and percentages and"
        " averages are worked out from the rounded counts, so that sums may differ."
    )


# What was told is kept


def test_what_was_told_is_found_again(tmp_path):
    made = release([table({"Grays": [6], "Tilbury": [12], "Total": [18]})], RULE)
    file = keep(tmp_path / "area", made)
    assert kept(tmp_path / "area") == [file]
    assert told(file).told == made.told


def test_the_same_is_kept_once(tmp_path):
    for _ in range(2):
        keep(tmp_path, release([table({"Grays": [6]})], RULE))
    assert len(kept(tmp_path)) == 1


@pytest.mark.parametrize("content", ["", "{", "[]", '{"version": 99}', '{"version": 1}'])
def test_a_damaged_file_is_named(tmp_path, content):
    file = tmp_path / "damaged.json"
    file.write_text(content)
    with pytest.raises(ValueError, match=r"damaged.json: what was published earlier cannot be"):
        told(file)


# Whole reports


def test_a_report_says_nothing_in_words_that_its_tables_hide():
    """Every number in a sentence or a description stands in a table of the published report."""
    rows = [
        CaseRow(date(2015, 4 + n % 9, 2), "mash", "grays" if n % 3 else "tilbury", "female")
        for n in range(47)
    ]
    whole = report(
        rows,
        SETTINGS,
        date(2015, 4, 1),
        date(2016, 3, 31),
        made_at=datetime(2018, 6, 1),
        comments={"area": "One of them."},
    )
    made = publish(whole, RULE)
    said = " ".join(p for s in made.sections for p in (*s.paragraphs, *s.notes))
    said += " ".join(chart.alt for chart in made.charts)
    assert "47" not in said and "45" in said
    assert not made.warning
    assert not any(section.comment for section in made.sections)
    assert made.published_by == RULE.words
    assert made.charts[0].table == made.table("month")


def test_an_unnamed_table_keeps_its_words():
    one = replace(table({"Grays": [40]}), definition="Cases opened.")
    assert release([one], RULE).tables[0].definition == "Cases opened."
