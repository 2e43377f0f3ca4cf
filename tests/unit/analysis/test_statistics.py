"""Intervals against figures computed elsewhere, and what is said of input that makes no sense."""

import pytest
from scipy import stats

from onestory.analysis.statistics import (
    Interval,
    byar,
    funnel_limits,
    funnel_limits_of_rate,
    rate,
    standardised,
    wilson,
)


@pytest.mark.parametrize(
    ("count", "total", "low", "high"), [(65, 100, 0.552544, 0.736358), (0, 20, 0, 0.161125)]
)
def test_wilson(count, total, low, high):
    found = wilson(count, total)
    assert found.value == count / total
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-7)


@pytest.mark.parametrize(
    ("count", "low", "high"),
    [(0, 0, 3.6889), (5, 1.6235, 11.6683), (10, 4.7874, 18.3915), (65, 50.1632, 82.8491)],
)
def test_byar_and_below_ten_exact_poisson(count, low, high):
    found = byar(count)
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize("level", [0.8, 0.95, 0.998])
@pytest.mark.parametrize(("count", "total"), [(0, 1), (1, 1), (3, 7), (250, 1000), (1000, 1000)])
def test_wilson_agrees_with_scipy_at_every_level(count, total, level):
    found, theirs = wilson(count, total, level), stats.binomtest(count, total)
    expected = theirs.proportion_ci(level, method="wilson")
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high), abs=1e-12)


def test_a_wider_level_makes_a_wider_interval():
    narrow, wide = byar(40), byar(40, 0.998)
    assert wide.low < narrow.low < 40 < narrow.high < wide.high


def test_a_rate_is_its_count_over_its_population():
    found = rate(65, 13_000)
    assert found.value == pytest.approx(5)
    assert (found.low, found.high) == pytest.approx((50.1632 / 13, 82.8491 / 13), abs=5e-5)
    assert rate(65, 13_000, 100_000).value == pytest.approx(500)


def test_a_standardised_rate_weighs_each_age_by_the_standard_population():
    counts, populations = {"young": 10, "old": 30}, {"young": 1000, "old": 500}
    found = standardised(counts, populations, {"young": 60, "old": 40}, per=1000)
    assert found.value == pytest.approx(0.6 * 10 + 0.4 * 60)
    # Dobson by hand: the variance of the rate is 0.36 · 10/1000² + 0.16 · 30/500².
    spread = ((0.36 * 10 / 1000**2 + 0.16 * 30 / 500**2) / 40) ** 0.5 * 1000
    assert found.low == pytest.approx(30 + spread * (byar(40).low - 40))
    assert found.high == pytest.approx(30 + spread * (byar(40).high - 40))


def test_of_one_age_group_the_standardised_rate_is_the_rate():
    found = standardised({"all": 12}, {"all": 8000}, {"all": 5}, per=1000)
    plain = rate(12, 8000)
    assert (found.value, found.low, found.high) == pytest.approx(
        (plain.value, plain.low, plain.high)
    )


def test_a_standardised_rate_of_nobody_still_has_an_upper_limit():
    found = standardised({"all": 0}, {"all": 1000}, {"all": 1}, per=1000)
    assert (found.value, found.low) == (0, 0)
    assert found.high == pytest.approx(3.6889, abs=5e-5)


@pytest.mark.parametrize("target", [0.02, 0.3, 0.9])
@pytest.mark.parametrize("total", [5, 50, 500, 5000])
def test_funnel_limits_lie_by_the_binomial_ones(target, total):
    found = funnel_limits(target, total)
    below, above = stats.binom.ppf([0.001, 0.999], total, target)
    assert max(0, below - 1) <= found.low * total <= below
    assert above - 1 <= found.high * total <= above


@pytest.mark.parametrize("population", [100, 1000, 100_000])
def test_funnel_limits_of_a_rate_lie_by_the_poisson_ones(population):
    found = funnel_limits_of_rate(8, population)
    below, above = stats.poisson.ppf([0.001, 0.999], 8 * population / 1000)
    assert max(0, below - 1) <= found.low * population / 1000 <= below
    assert above - 1 <= found.high * population / 1000 <= above


def test_a_funnel_closes():
    widths = [funnel_limits(0.4, n).high - funnel_limits(0.4, n).low for n in (10, 100, 1000)]
    assert widths == sorted(widths, reverse=True)


def test_funnel_limits_hold_the_target_even_of_very_few_people():
    for found in (funnel_limits(0.0001, 1), funnel_limits_of_rate(0.0001, 1)):
        assert found.low <= found.value <= found.high
    assert funnel_limits(0, 10) == Interval(0, 0, 0)


GROUPS = {"young": 1, "old": 2}


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Interval(5, 6, 4), "from 6 to 4 around 5 is upside down"),
        (lambda: wilson(1, 0), "the total is 0"),
        (lambda: wilson(3, 2), "cannot be 3 of 2"),
        (lambda: wilson(-1, 2), "cannot be -1 of 2"),
        (lambda: wilson(1, 2, 95), "such as 0.95: it is 95"),
        (lambda: byar(-1), "A count cannot be -1"),
        (lambda: byar(float("nan")), "A count cannot be nan"),
        (lambda: rate(5, 0), "needs a population: it is 0"),
        (lambda: rate(5, 10, 0), "cannot be for every 0"),
        (lambda: funnel_limits(1.2, 10), "it is 1.2"),
        (lambda: funnel_limits(0.2, 0), "the total is 0"),
        (lambda: funnel_limits_of_rate(-1, 10), "cannot be below nought: it is -1"),
        (lambda: funnel_limits_of_rate(1, 0), "needs a population: it is 0"),
        (
            lambda: standardised(GROUPS, {"young": 5}, GROUPS),
            "The age group old is missing from populations",
        ),
        (
            lambda: standardised(GROUPS, {"young": 5, "old": 0}, GROUPS),
            "The age group old needs a population: it is 0",
        ),
        (
            lambda: standardised({"young": -1, "old": 0}, GROUPS, GROUPS),
            "The count of the age group young cannot be -1",
        ),
        (
            lambda: standardised(GROUPS, GROUPS, {"young": -1, "old": 0}),
            "The standard population of young cannot be -1",
        ),
        (
            lambda: standardised(GROUPS, GROUPS, {"young": 0, "old": 0}),
            "The standard population has nobody in it",
        ),
        (lambda: standardised({}, {}, {}), "at least one age group"),
    ],
)
def test_input_that_makes_no_sense_is_named(make, said):
    with pytest.raises(ValueError, match=said):
        make()
