"""The words in which a measure says what it counts.

A measure's numerator and denominator are written with these, and mean the same to every evaluator:
`evaluate` (ibis, on DuckDB or Spark) and `plain` (Python, slow and obvious).

    col("grade") == "red"                   a column compared with something; also != < <= > >=
    col("outcome").isin("referral", "...")  one of several
    col("abuse").has("coercive-control")    a list of codes holds one
    col("in_time").yes, .no                 a yes-or-no column
    col("source").missing, .known           whether anything is recorded
    (one) & (other), (one) | (other), ~(one)
    days(col("opened_on"), col("closed_on"))        days from one date to another
    hours(col("received_at"), col("decided_at"))    hours from one moment to another
    END                                     the last day that is counted

    count(where)             rows
    people(where)            different people; a row without a person counts nobody
    different("person", "team", where=where)   different combinations, none of them missing
    total(number, where)     a sum; mean(number, where); median(number, where)

**Missing values.** There are two answers to a condition, yes and no, never "unknown". A comparison
with something missing is no, whichever way it is put: where `grade` is missing, `col("grade") ==
"red"` and `col("grade") != "red"` are both no. `~` turns an answer round, so `~(col("grade") ==
"red")` counts rows without a grade as well; to leave them out write `!=`. `.missing` and `.known`
are the only questions to which something missing can answer yes. A list that is missing has
nothing. Days and hours from or to something missing are missing. Sums, means and medians leave
missing numbers out: the sum of none is 0; of none there is no mean and no median. A column of yes
and no that is missing is neither `.yes` nor `.no`.

**Exactly.** What is added up is whole numbers, and what comes of it are fractions: no evaluator
rounds. Numbers that are not whole can be compared, but neither added nor averaged. Dates are days in
London; moments are in UTC, to the second, so that hours are hours that passed.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

Plain = str | int | date | datetime


class Value:
    """Something that a row has: compare it to get a condition."""

    def __eq__(self, other: Any) -> "Condition":  # type: ignore[override]
        return Compare("==", self, other)

    def __ne__(self, other: Any) -> "Condition":  # type: ignore[override]
        return Compare("!=", self, other)

    def __lt__(self, other: Any) -> "Condition":
        return Compare("<", self, other)

    def __le__(self, other: Any) -> "Condition":
        return Compare("<=", self, other)

    def __gt__(self, other: Any) -> "Condition":
        return Compare(">", self, other)

    def __ge__(self, other: Any) -> "Condition":
        return Compare(">=", self, other)

    __hash__ = object.__hash__

    def isin(self, *options: Plain) -> "Condition":
        """It is one of these."""
        return Among(self, options)

    def has(self, option: str) -> "Condition":
        """A list of codes holds this one."""
        return Has(self, option)

    @property
    def yes(self) -> "Condition":
        """It is recorded as true."""
        return Is(self, True)

    @property
    def no(self) -> "Condition":
        """It is recorded as false."""
        return Is(self, False)

    @property
    def missing(self) -> "Condition":
        """Nothing is recorded."""
        return Missing(self)

    @property
    def known(self) -> "Condition":
        """Something is recorded."""
        return Not(Missing(self))


@dataclass(frozen=True, eq=False)
class Column(Value):
    """A column of the measure's table."""

    name: str


@dataclass(frozen=True, eq=False)
class LastDay(Value):
    """The last day that is counted: the end of the period, or of the snapshot if that is earlier."""


@dataclass(frozen=True, eq=False)
class Days(Value):
    """Days from a date to another; negative if the other is earlier."""

    start: Value
    end: Value


@dataclass(frozen=True, eq=False)
class Hours(Value):
    """Hours from a moment to another."""

    start: Value
    end: Value


class Condition:
    """Yes or no, of a row."""

    def __and__(self, other: "Condition") -> "Condition":
        return Both(self, other)

    def __or__(self, other: "Condition") -> "Condition":
        return Either(self, other)

    def __invert__(self) -> "Condition":
        return Not(self)

    def __bool__(self) -> bool:
        raise TypeError("Join conditions by & | ~ in brackets, not by and, or, not.")


@dataclass(frozen=True, eq=False)
class Always(Condition):
    """Every row."""


@dataclass(frozen=True, eq=False)
class Compare(Condition):
    symbol: str
    left: Value
    right: Value | Plain

    def __post_init__(self):
        if self.right is None or isinstance(self.right, bool):
            raise TypeError("Ask .missing or .known, .yes or .no: those are not compared.")


@dataclass(frozen=True, eq=False)
class Among(Condition):
    value: Value
    options: tuple[Plain, ...]


@dataclass(frozen=True, eq=False)
class Has(Condition):
    value: Value
    option: str


@dataclass(frozen=True, eq=False)
class Is(Condition):
    value: Value
    answer: bool


@dataclass(frozen=True, eq=False)
class Missing(Condition):
    value: Value


@dataclass(frozen=True, eq=False)
class Both(Condition):
    one: Condition
    other: Condition


@dataclass(frozen=True, eq=False)
class Either(Condition):
    one: Condition
    other: Condition


@dataclass(frozen=True, eq=False)
class Not(Condition):
    one: Condition


@dataclass(frozen=True, eq=False)
class Aggregate:
    """One number out of many rows: those for which `where` is yes."""

    where: Condition


@dataclass(frozen=True, eq=False)
class Count(Aggregate):
    """How many rows."""


@dataclass(frozen=True, eq=False)
class People(Aggregate):
    """How many different people."""


@dataclass(frozen=True, eq=False)
class Different(Aggregate):
    """How many different combinations of what these columns hold."""

    columns: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Sum(Aggregate):
    value: Value


@dataclass(frozen=True, eq=False)
class Mean(Aggregate):
    value: Value


@dataclass(frozen=True, eq=False)
class Median(Aggregate):
    value: Value


END = LastDay()
EVERY = Always()


def col(name: str) -> Column:
    """A column of the measure's table."""
    return Column(name)


def days(start: Value, end: Value) -> Days:
    """Days from a date to another."""
    return Days(start, end)


def hours(start: Value, end: Value) -> Hours:
    """Hours from a moment to another."""
    return Hours(start, end)


def count(where: Condition = EVERY) -> Count:
    """How many rows."""
    return Count(where)


def people(where: Condition = EVERY) -> People:
    """How many different people."""
    return People(where)


def different(*columns: str, where: Condition = EVERY) -> Different:
    """How many different combinations of these columns; a row that misses one counts nothing."""
    return Different(where, columns)


def total(value: Value, where: Condition = EVERY) -> Sum:
    """The sum of a number."""
    return Sum(where, value)


def mean(value: Value, where: Condition = EVERY) -> Mean:
    """The mean of a number, over the rows that have it."""
    return Mean(where, value)


def median(value: Value, where: Condition = EVERY) -> Median:
    """The median of a number, over the rows that have it."""
    return Median(where, value)
