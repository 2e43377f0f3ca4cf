"""What a result says beside its number: groups, intervals, people, and why there is none."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from onestory.analysis import measures
from onestory.analysis.disclosure import Rule, release
from onestory.analysis.measures import MEASURES, Measure, MeasureError
from onestory.analysis.measures import language as say
from onestory.analysis.measures.checking import faults
from onestory.analysis.measures.tabled import table
from onestory.analysis.measures.wording import explained, formula, number
from onestory.analysis.tables import TABLES
from tests.measuring import YEAR, Rows, both


def contact(person, day, **more):
    return {"person": person, "received_on": date(2025, *day), **more}


CONTACTS = Rows(
    {
        "contacts": [
            contact("Ada", (4, 1), grade="red", age=17, abuse=["stalking", "physical"]),
            contact("Ada", (5, 1), grade="red", age=18, abuse=["stalking", "stalking"]),
            contact("Bea", (5, 2), grade="amber", age=70, abuse=[], in_time=True),
            contact(None, (7, 1), source="police", locality="north"),
        ]
    }
)
RECEIVED, PEOPLE, RED = (MEASURES[f"contacts-{code}"] for code in ("received", "people", "red"))


def groups(result) -> dict:
    return {cell.label: cell.value for cell in result.cells if cell.value}


GROUPED = {
    "grade": {"red": 2, "amber": 1, "Not recorded": 1},
    "abuse": {"stalking": 2, "physical": 1, "Not recorded": 2},
    "age_band": {"13 to 17": 1, "18 to 24": 1, "65 and over": 1, "Not recorded": 1},
    "month": {"April 2025": 1, "May 2025": 2, "July 2025": 1},
    "quarter": {"2025/26 Q1": 3, "2025/26 Q2": 1},
    "year": {"2025/26": 4},
}


@pytest.mark.parametrize("by", GROUPED)
def test_groups(by):
    assert groups(both(RECEIVED, CONTACTS, by=by)) == GROUPED[by]


def test_groups_of_lists_and_of_people_overlap():
    assert not both(RECEIVED, CONTACTS, by="grade").overlaps
    assert both(RECEIVED, CONTACTS, by="abuse").overlaps
    people = both(PEOPLE, CONTACTS, by="month")
    assert people.overlaps
    assert (people.total.value, sum(cell.value for cell in people.cells)) == (2, 3)


def test_months_without_anything_are_there():
    cells = both(RECEIVED, CONTACTS, by="month").cells
    assert [cell.label for cell in cells][:3] == ["April 2025", "May 2025", "June 2025"]
    assert cells[2].value == 0


def test_words_name_groups_and_order_them():
    words = {"green": "Green", "red": "Red"}
    labels = [cell.label for cell in both(RECEIVED, CONTACTS, by="grade", words=words).cells]
    assert labels == ["Green", "Red", "amber", "Not recorded"]


def test_an_area_and_a_team():
    assert both(RECEIVED, CONTACTS, area="north").total.value == 1
    assert both(RECEIVED, CONTACTS, team="mash").total.value == 0
    with pytest.raises(MeasureError, match="cannot be run for one area"):
        both(MEASURES["sharing-people-known"], Rows({"knowers": []}), area="north")


def test_people_are_carried_beside_instances():
    found = both(RECEIVED, CONTACTS).total
    assert (found.value, found.people) == (4, 2)
    assert both(RECEIVED, CONTACTS).counts == "contacts"
    assert both(PEOPLE, CONTACTS).counts == "people"


def test_a_share_has_wilsons_interval_and_a_count_byars():
    share, counted = both(RED, CONTACTS).total, both(RECEIVED, CONTACTS).total
    assert share.value == Fraction(200, 3)
    assert (round(share.low, 1), round(share.high, 1)) == (20.8, 93.9)
    assert (round(counted.low, 2), round(counted.high, 2)) == (1.09, 10.24)


def test_nothing_to_divide_by_is_no_nought():
    found = both(RED, Rows({"contacts": []})).total
    assert (found.value, found.low, found.denominator) == (None, None, 0)
    assert found.reason == "There is nothing to divide by."
    assert both(MEASURES["cases-days-open"], Rows({"cases": []})).total.reason


@pytest.mark.parametrize(
    ("counted_to", "said"),
    [
        (date(2026, 4, 1), None),
        (date(2026, 3, 31), "The period has not ended: counted to 31 March 2026."),
        (date(2025, 4, 30), "The period has not ended: counted to 30 April 2025."),
        (date(2025, 3, 1), "The period has not begun: the snapshot ends on 1 March 2025."),
    ],
)
def test_a_period_that_has_not_ended(counted_to, said):
    found = both(RECEIVED, replace(CONTACTS, counted_to=counted_to), by="month")
    assert found.complete == (said is None)
    assert (said or RECEIVED.caveat) == found.notes[0]
    assert len(found.cells) == {2026: 12, 2025: counted_to.month == 4}[counted_to.year]


def test_before_it_has_begun_there_is_no_number():
    found = both(RECEIVED, replace(CONTACTS, counted_to=date(2025, 3, 1))).total
    assert (found.value, found.reason) == (None, "The period has not begun.")


def test_an_unknown_group_or_measure_is_named():
    with pytest.raises(MeasureError, match="has no group 'colour': it has source, channel"):
        both(RECEIVED, CONTACTS, by="colour")
    with pytest.raises(MeasureError, match="Did you mean 'contacts-received'"):
        measures.find("contact-received")


def test_a_snapshot_without_the_column_says_which():
    tables = {"contacts": replace(TABLES["contacts"], columns=TABLES["contacts"].columns[:6])}
    with pytest.raises(MeasureError, match="needs grade in the table contacts"):
        both(RED, Rows({"contacts": []}, tables=tables))


WRONG = {
    "counts different people, but is said to count contacts": {"numerator": say.people()},
    "contacts are no share of people": {"of": "people", "denominator": say.people()},
    "a share needs a denominator": {"denominator": None},
    "its interval is 'normal'": {"interval": "normal"},
    "only counts have an interval": {"numerator": say.total(say.col("age"))},
    "is not divided again": {"numerator": say.mean(say.col("age")), "interval": None},
}


@pytest.mark.parametrize("fault", WRONG)
def test_a_measure_that_mixes_what_it_counts_is_refused(fault):
    with pytest.raises(MeasureError, match=fault):
        replace(RED, **WRONG[fault])


MISTAKEN = {
    "has no column colour": say.count(say.col("colour") == "red"),
    "compares text with int": say.count(say.col("grade") == 1),
    "compares date with timestamp": say.count(say.col("received_on") < say.col("due_at")),
    "looks for int in text": say.count(say.col("grade").isin(1)),
    "column that is no list": say.count(say.col("grade").has("red")),
    "asks yes or no": say.count(say.col("grade").yes),
    "a list is never missing": say.count(say.col("abuse").missing),
    "adds up text": say.total(say.col("grade")),
    "days go from date to date": say.total(say.days(say.col("received_at"), say.END)),
    "hours go from moment": say.total(say.hours(say.col("received_on"), say.END)),
}


@pytest.mark.parametrize("fault", MISTAKEN)
def test_a_measure_that_does_not_fit_its_table_is_found(fault):
    wrong = replace(RECEIVED, numerator=MISTAKEN[fault], interval=None)
    assert fault in " ".join(faults(wrong, TABLES["contacts"]))


def test_conditions_are_joined_by_signs():
    with pytest.raises(TypeError, match="& | ~"):
        bool(say.col("grade") == "red")
    with pytest.raises(TypeError, match=r"\.missing"):
        say.col("grade") == None  # noqa: E711, B015


def test_a_measure_explains_itself():
    said = dict(explained(MEASURES["referrals-unanswered"]))
    assert said["Numerator"] == (
        "count of rows where withdrawn_on is missing or withdrawn_on > end"
    )
    assert said["Period"] == "What stands at its end: by sent_on, until answered_on."
    assert formula(~(say.col("a") == 1) & say.col("b").has("x")) == "not a == 1 and b has x"
    assert number(RED, Fraction(200, 3)) == "66.7%"
    assert number(RECEIVED, Fraction(1204)) == "1,204"


def test_as_a_table_small_counts_can_be_hidden():
    made = table([both(RECEIVED, CONTACTS, by="grade")])
    assert made.cell("red", "2025/26").text == "2"
    assert release([made], Rule()).tables[0].cell("red", "2025/26").text == "*"
    share = table([both(RED, CONTACTS)])
    assert share.cell("Total", "2025/26").text == "66.7%"
    assert release([share], Rule()).tables[0].cell("Total", "2025/26").text == "*"


def test_several_measures_at_once_are_as_one_by_one():
    asked = [measure for measure in MEASURES.values() if measure.table == "contacts"]
    found = measures.run_all(asked, CONTACTS, YEAR)
    assert found == [measures.run(one, CONTACTS, YEAR) for one in asked]


def test_every_measure_is_complete():
    for measure in MEASURES.values():
        assert isinstance(measure, Measure)
        assert measure.definition.endswith(".") and measure.source.endswith(".")
        assert len(set(measure.cuts)) == len(measure.cuts)
