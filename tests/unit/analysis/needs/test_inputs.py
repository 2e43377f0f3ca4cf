"""Tables of inputs: what is read from them, and what is refused in plain words."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from onestory.analysis.needs import InputError, read
from tests.needs_tables import row, write


def test_a_row_becomes_an_input_with_its_source_and_day(tmp_path):
    one = read(write(tmp_path, "population", row(value="1200"), kind="people"))["population.all"]
    assert (one.value, one.label, one.source) == (1200, "Everybody", "A register")
    assert one.as_at == date(2020, 1, 1)
    assert not one.ranges


def test_a_row_may_have_a_source_of_its_own(tmp_path):
    found = read(write(tmp_path, "population", row(source="Another register")))
    assert found["population.all"].source == "Another register"


def test_numbers_are_exact(tmp_path):
    found = read(write(tmp_path, "share", row(value="0.1"), kind="share"))
    assert found["share.all"].value == Fraction(1, 10)


@pytest.mark.parametrize(
    ("value", "low", "high"),
    [("0.031", "0.0305", "0.0315"), ("0.20", "0.195", "0.205"), ("0.0", "0", "0.05")],
)
def test_what_is_only_printed_lies_half_a_digit_to_each_side(tmp_path, value, low, high):
    one = read(write(tmp_path, "share", row(value=value, interval="printed"), kind="share"))[
        "share.all"
    ]
    assert (one.low, one.high) == (Fraction(Decimal(low)), Fraction(Decimal(high)))


def test_a_count_has_the_interval_of_a_count(tmp_path):
    one = read(write(tmp_path, "police", row(value="65", interval="count"), kind="count"))[
        "police.all"
    ]
    assert (round(float(one.low), 4), round(float(one.high), 4)) == (50.1632, 82.8491)


def test_the_latest_table_is_read_or_the_latest_on_a_day(tmp_path):
    write(tmp_path, "population", row(value="100"), day="2017-06-30")
    write(tmp_path, "population", row(value="120"), day="2021-03-21")
    assert read(tmp_path)["population.all"].value == 120
    assert read(tmp_path, on=date(2021, 3, 20))["population.all"].value == 100


def test_a_table_of_the_area_stands_in_for_one_that_holds_everywhere(tmp_path):
    everywhere = write(tmp_path / "a", "costs", row(value="1"))
    here = write(tmp_path / "b", "costs", row(value="2"))
    assert read(everywhere, here)["costs.all"].value == 2


BAD_ROWS = [
    (
        {"value": "3.1"},
        "share",
        "column value: 3.1 is more than 1. A share of 3.1% is written 0.031.",
    ),
    ({"value": "-0.1"}, "share", "column value: -0.1 is less than nought."),
    (
        {"value": "0"},
        "people",
        "column value: a population of nought: nothing can be divided by it.",
    ),
    ({"value": "12.5"}, "count", "column value: 12.5 is not a whole number."),
    ({"value": '"many"'}, "number", "column value: 'many' is not a number."),
    ({"value": "true"}, "number", "column value: True is not a number."),
    ({"value": "nan"}, "number", "column value: NaN is not a number."),
    ({"value": None}, "number", "column value: is missing; where nobody could say, write why"),
    ({"low": "120", "high": "80"}, "number", "column low and high: are upside down"),
    ({"low": "101", "high": "120"}, "number", "column value: 100 lies outside its own interval."),
    ({"low": "80"}, "number", "column high: is missing."),
    ({"low": "0.1", "high": "1.2", "value": "0.5"}, "share", "column high: 1.2 is more than 1."),
    ({"interval": "95%"}, "number", "column interval: '95%' needs low and high."),
    ({"interval": "wide"}, "number", "column interval: must be one of 95%, range, printed, count."),
    ({"ages": "16 to 59"}, "number", "column ages: '16 to 59' should be like 16-59 or 60+."),
    ({"colour": "red"}, "number", "column colour: is not known here."),
    ({"label": None}, "number", "column label: is missing."),
]


@pytest.mark.parametrize(("columns", "kind", "said"), BAD_ROWS)
def test_a_bad_row_is_refused_by_file_row_and_column(tmp_path, columns, kind, said):
    write(tmp_path, "table", row(code="first", value="1"), row(**columns), kind=kind)
    with pytest.raises(ValueError) as refused:
        read(tmp_path)
    assert f"{tmp_path.name}/table.2020-01-01.toml, row 2" in str(refused.value)
    assert said in str(refused.value)


def test_a_bad_file_is_refused_by_name(tmp_path):
    (tmp_path / "table.2020-01-01.toml").write_text("title = ")
    with pytest.raises(InputError, match=r"table\.2020-01-01\.toml: cannot be read"):
        read(tmp_path)


@pytest.mark.parametrize("name", ["table.toml", "table.2020-13-01.toml", "Table.2020-01-01.toml"])
def test_a_file_without_a_day_is_refused(tmp_path, name):
    (tmp_path / name).write_text('title = "x"')
    with pytest.raises(InputError, match=name.replace(".", r"\.")):
        read(tmp_path)


def test_the_same_code_twice_is_refused(tmp_path):
    write(tmp_path, "table", row(), row())
    with pytest.raises(InputError, match=r"row 2 \(all\), column code: is the code of an earlier"):
        read(tmp_path)


def test_a_folder_without_tables_is_refused(tmp_path):
    with pytest.raises(InputError, match="there are no tables of inputs here"):
        read(tmp_path)


def ages(*groups: str) -> list[str]:
    return [row(code=f"female.{group}", sex="female", ages=group) for group in groups]


def test_people_of_some_ages_are_the_groups_that_make_them_up(tmp_path):
    found = read(write(tmp_path, "population", *ages("0-15", "16-34", "35-59", "60+")))
    codes = [one.ages for one in found.of_ages("population", "female", 16, 59)]
    assert codes == ["16-34", "35-59"]


@pytest.mark.parametrize(
    ("groups", "said"),
    [
        (("16-34", "45-59"), "nobody aged 35 is in it; 16 to 59 is needed"),
        (("16-34", "35-54"), "nobody aged 55 is in it"),
        (("16-34", "30-59"), "age 30 is in two rows"),
        (("0-59",), "nobody aged 16 is in it"),
    ],
)
def test_a_missing_age_group_is_named(tmp_path, groups, said):
    found = read(write(tmp_path, "population", *ages(*groups)))
    with pytest.raises(ValueError, match=said) as refused:
        found.of_ages("population", "female", 16, 59)
    assert "population, column ages (female)" in str(refused.value)


def test_a_row_that_the_model_needs_is_named(tmp_path):
    found = read(write(tmp_path, "population", row()))
    with pytest.raises(InputError, match="population: there is no row 'male'"):
        _ = found["population.male"]
    with pytest.raises(InputError, match="costs: there is no such table"):
        found.table("costs")


def test_a_changed_value_is_checked_like_a_files(tmp_path):
    found = read(write(tmp_path, "share", row(value="0.5", low="0.4", high="0.6"), kind="share"))
    assert found.changed({"share.all": Fraction("0.55")})["share.all"].ranges
    assert not found.changed({"share.all": Fraction("0.7")})["share.all"].ranges
    with pytest.raises(InputError, match="share.all, as changed, column value: 3.1 is more than 1"):
        found.changed({"share.all": Fraction("3.1")})
