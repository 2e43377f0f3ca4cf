"""What holds whatever the inputs are: more stays more, and totals are their parts."""

from fractions import Fraction
from functools import cache
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from onestory.analysis import needs
from onestory.analysis.needs.inputs import InputError
from onestory.analysis.needs.rounding import Rounding

LOCAL = Path(__file__).parents[2] / "areas" / "thurrock" / "needs"
shares = st.fractions(0, 1, max_denominator=10_000)
people = st.integers(1, 2_000_000)


@cache
def model(topic: str):
    return needs.topic(topic, LOCAL)


@given(number=st.fractions(-10_000, 10_000), places=st.integers(0, 3))
def test_rounding_stays_within_half_and_cutting_within_one_digit(number, places):
    digit = Fraction(1, 10**places)
    assert abs(Rounding(places)(number) - number) <= digit / 2
    assert 0 <= number - Rounding(places, "cut")(number) < digit
    assert 0 <= Rounding(places, "up")(number) - number < digit


@given(women=people, men=people, ever=shares, year=shares)
def test_survivors_are_the_sum_of_their_groups_and_never_more_than_the_people(
    women, men, ever, year
):
    made = needs.run(
        model("sexual_violence"),
        {
            "population.female.16-59": women,
            "population.male.16-59": men,
            "prevalence.ever.female": ever,
            "prevalence.year.male": year,
        },
    )
    for period in ("ever", "year"):
        parts = [made[f"survivors.{period}.{sex}"] for sex in ("female", "male")]
        assert made[f"survivors.{period}"] == sum(parts)
        assert made[f"survivors.{period}"] <= women + men
    for name in ("survivors", "all-ages"):
        table = next(table for table in made.tables() if table.name == name)
        *parts, whole = ([cell.value for cell in cells] for cells in table.cells)
        assert [sum(column) for column in zip(*parts, strict=True)] == whole


@given(lower=shares, higher=shares)
def test_a_higher_prevalence_never_lowers_survivors_conditions_or_costs(lower, higher):
    lower, higher = sorted((lower, higher))
    few, many = (
        needs.run(model("sexual_violence"), {"prevalence.year.female": share})
        for share in (lower, higher)
    )
    for step in model("sexual_violence").steps:
        if step.code.startswith(("survivors.", "conditions.", "cost.", "told.")):
            assert few[step.code] <= many[step.code]


@given(share=st.fractions(Fraction(1, 100), 1, max_denominator=1000), more=shares)
def test_the_fewer_tell_the_police_the_more_are_expected(share, more):
    likelier = min(Fraction(1), share + more)
    assert (
        needs.run(model("sexual_violence"), {"disclosure.police": share})["survivors.year.all"]
        >= needs.run(model("sexual_violence"), {"disclosure.police": likelier})[
            "survivors.year.all"
        ]
    )


@given(
    eligible=people,
    changes=st.fixed_dictionaries(
        {}, optional={f"stages.{code}": shares for code in ("booked", "scans", "cancers")}
    ),
)
def test_a_funnel_only_narrows(eligible, changes):
    made = needs.run(model("lung_checks"), {"eligible.all": eligible, **changes})
    row = ("eligible", "smoked", "booked", "checks", "positive", "scans", "investigated", "cancers")
    numbers = [made[code] for code in row]
    assert numbers == sorted(numbers, reverse=True)
    assert abs(made["cancers-all"] - made["cancers"] - made["cancers-24m"]) <= 1


@given(wrong=st.fractions(1, 100).filter(lambda share: share > 1))
def test_no_share_is_more_than_all(wrong):
    try:
        needs.run(model("sexual_violence"), {"prevalence.year.female": wrong})
    except InputError as error:
        assert "is more than 1" in str(error)
    else:
        raise AssertionError("It was taken.")


@given(output=st.sampled_from(("survivors.year.all", "cost.year", "crime.rate", "children.police")))
def test_every_bar_of_a_tornado_holds_the_estimate(output):
    value = needs.run(model("sexual_violence"))[output]
    for bar in needs.tornado(model("sexual_violence"), output):
        assert min(bar.at_low, bar.at_high) <= value <= max(bar.at_low, bar.at_high)
