"""The needs assessment on sexual violence of 2019, table by table, and two papers of the same year.

What is printed here is what the committee printed, but for the places where the assessment
contradicts itself: those are named, with what the right figure is.
"""

from pathlib import Path

import pytest

from onestory.analysis import needs
from onestory.analysis.needs.rounding import EXACT

LOCAL = Path(__file__).parents[2] / "areas" / "thurrock" / "needs"
UNKNOWN, NONE = "Unable to quantify", "–"


@pytest.fixture(scope="module")
def assessment():
    return needs.topic("sexual_violence", LOCAL)


@pytest.fixture(scope="module")
def tables(assessment):
    return {table.name: table for table in needs.run(assessment).tables()}


def lines(table) -> list[tuple[str, ...]]:
    return [(label, *(cell.text for cell in cells)) for label, cells in table.lines]


def test_chapter_3_expected_survivors(tables):
    assert lines(tables["survivors"]) == [
        ("Women", "10,116", "1,568"),
        ("Men", "1,985", "397"),
        ("Both", "12,101", "1,965"),
    ]


def test_chapter_3_all_ages_with_127_reports_where_the_text_says_128(assessment, tables):
    assert lines(tables["all-ages"]) == [
        ("Women of 16 to 59", "1,568"),
        ("Men of 16 to 59", "397"),
        ("Children up to 15", "712"),
        ("People of 60 and over", "35"),
        ("Everybody", "2,712"),  # Printed: 2,718, from 128 reports.
    ]
    with_128 = needs.run(assessment, {"police.female.60": 7})
    assert with_128["survivors.year.outside"] == 753
    assert with_128["survivors.year.all"] == 2718


def test_table_2_what_a_year_of_treatment_costs(tables):
    assert lines(tables["costs"]) == [
        ("Common mental disorder (including depression and anxiety)", "£332"),
        ("Multiple (3 or more) mental disorders", UNKNOWN),
        ("Post-traumatic stress disorder (PTSD)", "£1,040"),
        ("Borderline personality disorder", "£14,909"),
        ("Self-harm (at least one attempt ever)", "£2,094"),
        ("Suicide attempts", "£2,094"),
        ("Substance misuse problems", "£687"),  # Between £454 and £920.
        ("Eating disorders", "£8,900"),
    ]


def test_table_3_survivors_of_the_last_year(tables):
    assert lines(tables["conditions-year"]) == [
        ("Common mental disorder (including depression and anxiety)", "32%", "629", "£208,828"),
        ("Multiple (3 or more) mental disorders", "10%", "197", UNKNOWN),
        ("Post-traumatic stress disorder (PTSD)", "16%", "314", "£326,560"),
        ("Borderline personality disorder", "15.6%", "307", "£4,577,063"),
        ("Self-harm (at least one attempt ever)", "56%", "1,100", "£2,303,400"),
        ("Suicide attempts", "10%", "197", "£412,518"),
        ("Substance misuse problems", "38%", "747", "£513,189"),
        ("Eating disorders", "3%", "59", "£525,100"),  # Printed: £524,655.
        ("Financial crisis", "12%", "236", NONE),
        ("Homelessness (ever experienced)", "6%", "118", NONE),
    ]


def test_table_4_survivors_since_the_age_of_16(tables):
    assert lines(tables["conditions-ever"]) == [
        ("Common mental disorder (including depression and anxiety)", "32%", "3,872", "£1,285,504"),
        ("Multiple (3 or more) mental disorders", "10%", "1,210", UNKNOWN),
        ("Post-traumatic stress disorder (PTSD)", "16%", "1,936", "£2,013,440"),
        ("Borderline personality disorder", "15.6%", "1,888", "£28,148,192"),
        ("Self-harm (at least one attempt ever)", "56%", "6,777", "£14,191,038"),
        ("Suicide attempts", "10%", "1,210", "£2,533,740"),
        ("Substance misuse problems", "38%", "4,598", "£3,158,826"),
        ("Eating disorders", "3%", "363", "£3,230,700"),  # Printed: £3,230,967.
        ("Financial crisis", "12%", "1,452", NONE),
        ("Homelessness (ever experienced)", "6%", "726", NONE),
    ]


@pytest.mark.parametrize(("period", "printed"), [("year", 524655), ("ever", 3230967)])
def test_the_one_row_that_the_source_does_not_round_first(assessment, period, printed):
    unrounded = needs.run(assessment, roundings={f"conditions.{period}.eating-disorders": EXACT})
    assert unrounded[f"cost.{period}.eating-disorders"] == printed


def test_chapter_6_whom_survivors_told(tables):
    assert lines(tables["disclosure"]) == [
        ("Told no one", "31%", "609", "3,751"),
        ("Told someone close to them", "58%", "1,140", "7,019"),
        ("Told a professional", "30%", "590", "3,630"),
        ("Told the police", "17%", "334", "2,057"),  # Printed: 335; 17% of 1,965 are 334.05.
    ]


def test_chapter_7_from_what_is_expected_to_a_charge(tables):
    assert lines(tables["justice"]) == [
        ("Recorded", "297", "11%"),
        ("Not recorded", "2,415", NONE),
        ("Charged", "15", "0.55%"),
        ("Charged, of recorded", NONE, "5%"),
    ]


def test_chapter_7_beside_other_areas(tables):
    assert lines(tables["comparators"]) == [
        ("This area", "1.7", "1.6", "2.0", "11%"),
        ("England", "2.4", "not given", "not given", "16%"),
        (
            "Medway (the highest of the areas most like Thurrock)",
            "2.8",
            "not given",
            "not given",
            "28%",
        ),
    ]


def test_chapter_9_children_and_the_share_that_was_cut(tables):
    assert lines(tables["children"]) == [
        ("Expected", "712", NONE),
        ("Reported to the police", "151", "21%"),
        ("Referred to the rape crisis centre", "68", "9.6%"),  # Printed: 9.5, of 9.55.
    ]


def test_chapter_9_met_and_unmet_need(tables):
    assert lines(tables["known"])[:2] == [
        ("Victims recorded in 2018", "316", "11.7%", "2,396"),
        ("Supported by the rape crisis centre (SERICC)", "498", "18.4%", "2,214"),
    ]


def test_every_table_says_what_it_is_of_where_from_and_how(tables):
    for table in tables.values():
        assert table.definition and table.source and table.method


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (
            "survivors.year.female",
            (
                "Expected survivors in the last year, women of 16 to 59: 1,568, from Women, in the last"
                " year (3.1%) and Women aged 16 to 59 (50,580) (the first of all the others together);"
                " rounded to a whole number."
            ),
        ),
        (
            "cost.year.ptsd",
            (
                "Post-traumatic stress disorder (PTSD): treatment in a year, survivors in the last year:"
                " £326,560, from Post-traumatic stress disorder (PTSD): survivors in the last year (314)"
                " and Post-traumatic stress disorder (PTSD) (£1,040) (multiplied); rounded to a whole"
                " number."
            ),
        ),
    ],
)
def test_every_number_says_how_it_came_about(assessment, code, said):
    assert needs.explained(needs.run(assessment), code) == said


def test_what_moves_the_cost_of_a_year(assessment):
    table = needs.tornado_table(assessment, "cost.year")
    assert lines(table)[:2] == [
        ("Borderline personality disorder", "1.8%", "29.3%", "£4,811,410", "£12,877,179"),
        ("Substance misuse problems (costs)", "£454", "£920", "£8,692,607", "£9,040,709"),
    ]


def test_the_ranges_say_how_they_were_drawn_and_hold_the_estimate(assessment):
    table = needs.ranges_table(assessment, needs.main_outputs("sexual_violence"))
    for cells in table.cells:
        value, low, high = (cell.value for cell in cells)
        assert low < value < high
    assert "2,000 times" in table.method
    assert "seed 2019" in table.method


FUNNELS = {
    "Thurrock": (30359, "0.510", "15,483 7,742 7,122 3,988 3,869 3,196 228 116 77 50 166 85"),
    "Luton": (33019, "0.423", "13,967 6,984 6,425 3,598 3,490 2,883 206 105 69 45 150 76"),
}


@pytest.mark.parametrize(("eligible", "smoked", "printed"), FUNNELS.values(), ids=FUNNELS)
def test_targeted_lung_health_checks(eligible, smoked, printed):
    model = needs.topic("lung_checks", LOCAL)
    made = needs.run(model, {"eligible.all": eligible, "smoking.ever": smoked})
    (table,) = made.tables()
    assert [line[1] for line in lines(table)] == [f"{eligible:,}", *printed.split()]


def test_flash_glucose_spending_against_its_trajectory():
    made = needs.run(needs.topic("flash_glucose", LOCAL))
    assert (made["cap"], made["deficit"]) == (124, 19247)
    money, line, ahead = made.tables()
    assert lines(line)[3] == ("July", "£27,974", "£9,010")
    assert lines(line)[-1] == ("March", "£83,921", NONE)
    assert ("Spent, less the trajectory", "−£18,964") in lines(ahead)
    assert ("Cost less what is paid", "£19,247") in lines(money)


def test_domestic_abuse_what_social_work_costs_and_a_service_saves():
    made = needs.run(needs.topic("domestic_abuse", LOCAL))
    tables = {table.name: table for table in made.tables()}
    assert lines(tables["costs"])[:5] == [
        ("Child in need plan: at first", "£1,624", NONE, NONE),
        ("Child in need plan: a year", "£1,825", NONE, NONE),
        ("Child protection plan: at first", "£2,328", NONE, NONE),
        ("Child protection plan: a year", "£6,570", NONE, NONE),
        ("Looked-after child: at first", "£6,306.50", "£6,044", "£6,569"),
    ]
    assert made["avoided"] == 11 * (6570 - 1825)


def test_every_topic_can_be_made_for_the_area():
    for code in needs.TOPICS:
        model = needs.topic(code, LOCAL)
        assert needs.run(model).tables()
        for output in needs.main_outputs(code):
            assert model.step(output)
        for step in model.steps:
            assert needs.explained(needs.run(model), step.code).startswith(step.label)
