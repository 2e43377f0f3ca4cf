"""MARAC over areas and quarters: cases for each 10,000 women, missing quarters, and what is expected.

Plain arithmetic on sums by area and quarter, which hold nobody. The rules are those by which
SafeLives publishes; each benchmark has its source and whether somebody has looked it up.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

PER = 10_000
QUARTERS = 4


@dataclass(frozen=True)
class Benchmark:
    """What a meeting is measured against, from a day on. Of a range, `value` is its lower end."""

    code: str
    name: str
    value: int
    from_: date
    source: str
    most: int | None = None
    verified: bool = False

    @property
    def text(self) -> str:
        """'40', '60 to 80'."""
        return f"{self.value}" if self.most is None else f"{self.value} to {self.most}"


# The days are those on which they were read: since when each has held was not printed with it.
READ_ON = date(2026, 11, 22)
SOURCE = "SafeLives, reviewing your MARAC data"
MISSING = (
    "A quarter in which no meeting is recorded is missing: the quarter before stands in for it, and"
    " of two in a row nothing is made, as SafeLives has it for its own figures."
)
BENCHMARKS = {
    one.code: one
    for one in (
        Benchmark("rate", "Cases expected for each 10,000 women", 40, READ_ON, SOURCE),
        Benchmark("referrals-an-idva", "Referrals a year for one IDVA", 100, READ_ON, SOURCE),
        Benchmark("caseload", "Cases at a time for one IDVA", 60, READ_ON, SOURCE, most=80),
        Benchmark("cases-an-administrator", "Cases for one administrator", 400, READ_ON, SOURCE),
    )
}


@dataclass(frozen=True)
class Area:
    """What an area says of itself: women of 16 and over, and its cases by quarter, the oldest first.

    A quarter that was not handed in is None; one in which no case was heard is 0.
    """

    women: int
    quarters: Sequence[int | None]


@dataclass(frozen=True)
class Year:
    """The last four quarters of an area, with those that were put in for missing ones."""

    cases: int
    women: int
    substituted: tuple[int, ...]


def rate(cases: int, women: int) -> Fraction:
    """Cases for each 10,000 women of 16 and over; repeats are cases as well."""
    if women <= 0:
        raise ValueError("Without women of 16 and over there is no rate.")
    return Fraction(PER * cases, women)


def share(part: int, cases: int) -> Fraction | None:
    """What part of all cases in percent; None of none."""
    return Fraction(100 * part, cases) if cases else None


def change(now: int, before: int) -> Fraction | None:
    """By how many percent cases rose on the year before; None from none."""
    return Fraction(100 * (now - before), before) if before else None


def rolling_year(area: Area) -> Year | None:
    """The last four quarters. One that is missing is that of the quarter before.

    None where two in a row are missing, or nothing is there to put in: the area is then left out,
    and its women with it. A quarter before the year may stand in for its first.
    """
    filled, substituted = [], []
    for place, cases in enumerate(area.quarters):
        if cases is None:
            before = area.quarters[place - 1] if place else None
            substituted.append(place)
            filled.append(before)
        else:
            filled.append(cases)
    first = len(filled) - QUARTERS
    year = filled[max(first, 0) :]
    if first < 0 or None in year:
        return None
    put_in = tuple(place - first for place in substituted if place >= first)
    return Year(sum(year), area.women, put_in)


def together(areas: Iterable[Area]) -> Year | None:
    """The year of several areas, without those that are left out; None if all are."""
    years = [year for area in areas if (year := rolling_year(area))]
    if not years:
        return None
    return Year(sum(y.cases for y in years), sum(y.women for y in years), ())


def expected(women: int, benchmarks: Mapping[str, Benchmark] = BENCHMARKS) -> Fraction:
    """How many cases a year are expected where so many women live."""
    return Fraction(benchmarks["rate"].value * women, PER)


def staff(number: int, benchmark: Benchmark) -> Fraction:
    """How many full-time people so many cases or referrals a year need, by a benchmark for one."""
    return Fraction(number, benchmark.value)
