"""Intervals around shares, counts and rates: the formulas of public health, on scipy's distributions.

Shares have Wilson's interval, counts Byar's (the exact Poisson interval below ten), rates follow
from counts, and rates standardised directly have Dobson's. Methods and test vectors: the technical
guides of public health in England, as decision 0024 quotes them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite, sqrt

from scipy import special

LEVEL = 0.95
FUNNEL_LEVEL = 0.998
EXACT_BELOW = 10


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure, and between what the truth lies as likely as the level says."""

    value: float
    low: float
    high: float

    def __post_init__(self):
        if not self.low <= self.value <= self.high:
            raise ValueError(
                f"An interval from {self.low} to {self.high} around {self.value} is upside down."
            )

    def times(self, factor: float) -> "Interval":
        """The same in another unit: `share.times(100)` is in percent."""
        return Interval(self.value * factor, self.low * factor, self.high * factor)


def wilson(count: int, total: int, level: float = LEVEL) -> Interval:
    """The share that `count` is of `total`, from 0 to 1, with Wilson's score interval."""
    z = _z(level)
    if total <= 0:
        raise ValueError(f"A share needs something to be a share of: the total is {total}.")
    if not 0 <= count <= total:
        raise ValueError(f"A share cannot be {count} of {total}.")
    middle = 2 * count + z * z
    reach = z * sqrt(z * z + 4 * count * (1 - count / total))
    whole = 2 * (total + z * z)
    # At the ends the formula gives 0 and 1 but for the last digit.
    low = (middle - reach) / whole if count else 0.0
    high = (middle + reach) / whole if count < total else 1.0
    return Interval(count / total, low, high)


def byar(count: float, level: float = LEVEL) -> Interval:
    """A count with Byar's interval; below ten with the exact Poisson interval."""
    z = _z(level)
    if not (isfinite(count) and count >= 0):
        raise ValueError(f"A count cannot be {count}.")
    if count < EXACT_BELOW:
        tail = (1 - level) / 2
        low = float(special.gammaincinv(count, tail)) if count else 0.0
        return Interval(count, low, float(special.gammainccinv(count + 1, tail)))
    above = count + 1
    low = count * (1 - 1 / (9 * count) - z / (3 * sqrt(count))) ** 3
    high = above * (1 - 1 / (9 * above) + z / (3 * sqrt(above))) ** 3
    return Interval(count, low, high)


def rate(count: int, population: int, per: int = 1000, level: float = LEVEL) -> Interval:
    """How many there were for every `per` people."""
    if population <= 0:
        raise ValueError(f"A rate needs a population: it is {population}.")
    _check_per(per)
    return byar(count, level).times(per / population)


def standardised(
    counts: Mapping[str, int],
    populations: Mapping[str, int],
    standard: Mapping[str, float],
    per: int = 100_000,
    level: float = LEVEL,
) -> Interval:
    """The rate there would be if the population had the ages of the `standard` one.

    Each mapping goes by age group, and all have the same groups. Standardised directly, with
    Dobson's interval. With fewer than ten cases in all it says little, and is usually not given.
    """
    _check_groups(counts, populations, standard)
    _check_per(per)
    weight = sum(standard.values())
    value = sum(standard[g] * counts[g] / populations[g] for g in standard) / weight
    variance = sum(standard[g] ** 2 * counts[g] / populations[g] ** 2 for g in standard)
    crude = byar(sum(counts.values()), level)
    if not crude.value:
        # Nobody was counted: as many as could be behind it, spread like the standard population.
        return Interval(0.0, 0.0, crude.high / sum(populations.values())).times(per)
    spread = sqrt(variance / crude.value) / weight
    low = value + spread * (crude.low - crude.value)
    return Interval(value, max(0.0, low), value + spread * (crude.high - crude.value)).times(per)


def funnel_limits(target: float, total: int, level: float = FUNNEL_LEVEL) -> Interval:
    """Between what a share out of `total` lies by chance alone, where it should be `target`.

    Exact binomial limits, smooth between whole numbers: what lies outside is worth a question.
    """
    tail = _tail(level)
    if not 0 <= target <= 1:
        raise ValueError(f"The target of a share lies between 0 and 1: it is {target}.")
    if total <= 0:
        raise ValueError(f"A share needs something to be a share of: the total is {total}.")
    if target in (0, 1):
        return Interval(target, target, target)
    low = _not_below_nought(special.bdtrik(tail, total, target))
    high = min(_not_below_nought(special.bdtrik(1 - tail, total, target)), total)
    return _around(target, low / total, high / total)


def funnel_limits_of_rate(
    target: float, population: int, per: int = 1000, level: float = FUNNEL_LEVEL
) -> Interval:
    """Between what a rate for every `per` people lies by chance alone; exact Poisson limits."""
    tail = _tail(level)
    _check_per(per)
    if target < 0:
        raise ValueError(f"The target of a rate cannot be below nought: it is {target}.")
    if population <= 0:
        raise ValueError(f"A rate needs a population: it is {population}.")
    if not target:
        return Interval(0.0, 0.0, 0.0)
    expected = target * population / per
    low = _not_below_nought(special.pdtrik(tail, expected))
    high = _not_below_nought(special.pdtrik(1 - tail, expected))
    return _around(target, low * per / population, high * per / population)


def _around(target: float, low: float, high: float) -> Interval:
    """Of very few people so little can be said that even the target may lie above the limit."""
    return Interval(target, min(low, target), max(high, target))


def _not_below_nought(number: float) -> float:
    """scipy has no answer where even nought is likelier than the tail."""
    return float(number) if number > 0 else 0.0


def _z(level: float) -> float:
    return float(special.ndtri(1 - _tail(level)))


def _tail(level: float) -> float:
    if not 0 < level < 1:
        raise ValueError(
            f"A level of confidence lies between 0 and 1, such as 0.95: it is {level}."
        )
    return (1 - level) / 2


def _check_per(per: int) -> None:
    if per <= 0:
        raise ValueError(f"A rate is for every so many people: it cannot be for every {per}.")


def _check_groups(
    counts: Mapping[str, int], populations: Mapping[str, int], standard: Mapping[str, float]
) -> None:
    given = {"counts": counts, "populations": populations, "the standard population": standard}
    everything = dict.fromkeys(group for by_group in given.values() for group in by_group)
    if not everything:
        raise ValueError("A standardised rate needs at least one age group.")
    for name, by_group in given.items():
        if missing := [group for group in everything if group not in by_group]:
            raise ValueError(f"The age group {', '.join(missing)} is missing from {name}.")
    for group in everything:
        if counts[group] < 0:
            raise ValueError(f"The count of the age group {group} cannot be {counts[group]}.")
        if populations[group] <= 0:
            raise ValueError(
                f"The age group {group} needs a population: it is {populations[group]}."
            )
        if standard[group] < 0:
            raise ValueError(f"The standard population of {group} cannot be {standard[group]}.")
    if not sum(standard.values()):
        raise ValueError("The standard population has nobody in it.")
