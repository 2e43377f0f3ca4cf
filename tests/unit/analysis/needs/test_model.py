"""The small machinery: rounding, steps, what moves an output, and draws."""

from fractions import Fraction

import numpy
import pytest

from onestory.analysis.needs import InputError, Model, Step, read, run, simulate, tornado
from onestory.analysis.needs.model import over, percent, times, total
from onestory.analysis.needs.rounding import EXACT, ONE_PLACE, WHOLE, Rounding
from tests.needs_tables import row, write


@pytest.mark.parametrize(
    ("rounding", "number", "rounded"),
    [
        (WHOLE, "196.5", "197"),
        (WHOLE, "-196.5", "-197"),
        (WHOLE, "334.05", "334"),
        (Rounding(0, "up"), "334.05", "335"),
        (ONE_PLACE, "1.743", "1.7"),
        (Rounding(1, "cut"), "9.55", "9.5"),
        (EXACT, "9.5537", "9.5537"),
    ],
)
def test_rounding(rounding, number, rounded):
    assert rounding(Fraction(number)) == Fraction(rounded)
    drawn = rounding(numpy.array([float(number)] * 2))
    assert drawn == pytest.approx([float(rounded)] * 2)


def test_a_rounding_says_what_it_does():
    assert WHOLE.words == "rounded to a whole number"
    assert Rounding(1, "cut").words == "cut off after 1 decimal place"
    assert Rounding(2, "up").words == "rounded up to 2 decimal places"
    assert EXACT.words == "not rounded"


def test_nothing_is_a_share_of_nothing():
    assert over(Fraction(3), Fraction(0)) == 0
    drawn = over(numpy.array([3.0, 3.0]), numpy.array([0.0, 6.0]))
    assert list(drawn) == [0, 0.5]


@pytest.fixture
def model(tmp_path):
    """Half of 101 people, a third of those; a cost nobody knows."""
    write(
        tmp_path,
        "share",
        row(code="half", label="Half", value="0.5", low="0.4", high="0.8"),
        row(code="third", label="Third", value="0.3", interval="printed"),
        row(code="sure", label="Sure", value="0.2"),
        kind="share",
    )
    write(tmp_path, "people", row(value="101"), kind="people")
    write(tmp_path, "costs", row(code="none", value=None, unknown="Nobody knows"), kind="pounds")
    steps = (
        Step("half", "Half of them", "people", ("people.all", "share.half"), times),
        Step("printed", "Of those printed", "people", ("half", "share.third"), times, EXACT),
        Step("before", "Of those before", "people", ("~half", "share.third"), times, EXACT),
        Step("both", "Both", "people", ("half", "people.all"), total),
        Step("percent", "In percent", "percent", ("half", "both"), percent, ONE_PLACE),
    )
    return Model("test", "Test", "A test.", read(tmp_path), steps, lambda run: ())


def test_a_step_takes_others_as_printed_or_before_their_rounding(model):
    made = run(model)
    assert made["half"] == 51  # 50.5
    assert made["printed"] == Fraction("15.3")
    assert made["before"] == Fraction("15.15")
    assert made["percent"] == Fraction("33.6")
    assert made.exact["half"] == Fraction("50.5")


def test_an_assumption_can_be_changed_and_so_can_a_rounding(model):
    assert run(model, {"share.half": Fraction("0.8")})["half"] == 81
    assert run(model, roundings={"half": EXACT})["printed"] == Fraction("15.15")


def test_a_step_that_needs_what_is_not_there_is_named(model):
    lost = Step("lost", "Lost", "people", ("share.fourth",), total)
    with pytest.raises(InputError, match=r"test: lost needs share\.fourth, which is not there"):
        Model("test", "", "", model.inputs, (*model.steps, lost), lambda run: ())


def test_an_input_that_nobody_knows_cannot_be_used(model):
    lost = Step("lost", "Lost", "people", ("costs.none",), total)
    with pytest.raises(InputError, match=r"row 1 \(none\), column value: the model needs one"):
        Model("test", "", "", model.inputs, (lost,), lambda run: ())


def test_an_output_that_is_not_there_is_named(model):
    with pytest.raises(KeyError, match="test has no output and no input 'twice'"):
        _ = run(model)["twice"]


def test_the_tornado_takes_each_input_to_its_ends_the_strongest_first(model):
    bars = tornado(model, "printed")
    assert [(bar.input.code, bar.at_low, bar.at_high) for bar in bars] == [
        ("share.half", Fraction("12"), Fraction("24.3")),
        ("share.third", Fraction("12.75"), Fraction("17.85")),
    ]
    assert [bar.input.code for bar in tornado(model, "half")] == ["share.half"]


def test_the_tornado_starts_from_the_assumptions_as_changed(model):
    (bar,) = tornado(model, "half", {"people.all": Fraction(1010)})
    assert (bar.at_low, bar.at_high) == (404, 808)


def test_draws_with_the_same_seed_are_the_same(model):
    first = simulate(model, ["half", "printed"])
    assert first == simulate(model, ["half", "printed"])
    assert first != simulate(model, ["half", "printed"], seed=1)


def test_draws_stay_between_the_ends_and_around_the_value(model):
    spread = simulate(model, ["half"], draws=4000)["half"]
    assert spread.value == 51
    assert 40 <= spread.low < 45
    assert 76 < spread.high <= 81


def test_a_further_output_does_not_move_the_others(model):
    alone = simulate(model, ["half"])["half"]
    assert simulate(model, ["half", "printed"])["half"] == alone


def test_what_is_drawn_may_be_divided_by_what_is_not(tmp_path):
    write(tmp_path, "share", row(value="0.5", low="0.4", high="0.6"), kind="share")
    write(tmp_path, "people", row(value="4"), kind="people")
    step = Step("each", "Each", "share", ("share.all", "people.all"), over, EXACT)
    model = Model("test", "", "", read(tmp_path), (step,), lambda run: ())
    spread = simulate(model, ["each"])["each"]
    assert 0.1 <= spread.low < spread.value < spread.high <= 0.15


def test_without_intervals_nothing_spreads(model):
    spread = simulate(model, ["half"], {"share.half": Fraction("0.9")})["half"]
    assert spread.low == spread.high == spread.value == 91


def test_a_confidence_interval_is_drawn_from_a_curve_on_each_side(tmp_path):
    low, high = "0.06", "0.14"
    write(tmp_path, "share", row(value="0.10", low=low, high=high, interval="95%"), kind="share")
    step = Step("same", "The same", "share", ("share.all",), total, EXACT)
    model = Model("test", "", "", read(tmp_path), (step,), lambda run: ())
    spread = simulate(model, ["same"], draws=20000)["same"]
    assert (spread.low, spread.high) == pytest.approx((0.06, 0.14), abs=0.003)
