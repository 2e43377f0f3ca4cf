"""From the measure language to ibis expressions."""

from datetime import date
from functools import reduce

import ibis
from ibis import Table
from ibis.expr.types import BooleanValue, Scalar
from ibis.expr.types import Value as Expression

from onestory.analysis.measures import language as say
from onestory.analysis.measures.measure import Measure

SECONDS = 3600
PERSON = "person"
NAMES = ("top", "bottom", "known", "people", "of_people")
BETWEEN = "\x1f"  # no code or key has it
OPERATORS = {
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


def number(value: say.Value, table: Table, end: date) -> tuple[Expression, int]:
    """A value, and how many of its units make one: hours are counted in seconds."""
    match value:
        case say.Column(name):
            return table[name], 1
        case say.LastDay():
            return literal(end), 1
        case say.Days(start, stop):
            first, last = number(start, table, end)[0], number(stop, table, end)[0]
            return last.delta(first, unit="day"), 1
        case say.Hours(start, stop):
            first, last = number(start, table, end)[0], number(stop, table, end)[0]
            return last.delta(first, unit="second"), SECONDS
    raise TypeError(f"{value!r} is no value.")


def condition(asked: say.Condition, table: Table, end: date) -> BooleanValue:
    """A condition that answers yes or no, never null."""
    match asked:
        case say.Always():
            return ibis.literal(True)
        case say.Both(one, other):
            return condition(one, table, end) & condition(other, table, end)
        case say.Either(one, other):
            return condition(one, table, end) | condition(other, table, end)
        case say.Not(one):
            return ~condition(one, table, end)
        case say.Missing(value):
            return number(value, table, end)[0].isnull()
    return _atom(asked, table, end).fill_null(False)


def _atom(asked: say.Condition, table: Table, end: date) -> BooleanValue:
    """A question that the database answers with null where something is missing."""
    match asked:
        case say.Compare(symbol, left, right):
            one, units = number(left, table, end)
            if isinstance(right, say.Value):
                other, others = number(right, table, end)
                return OPERATORS[symbol](_times(one, others), _times(other, units))
            return OPERATORS[symbol](one, literal(right, units))
        case say.Among(value, options):
            one, units = number(value, table, end)
            return one.isin([literal(option, units) for option in options])
        case say.Has(value, option):
            return number(value, table, end)[0].contains(option)
        case say.Is(value, answer):
            one = number(value, table, end)[0]
            return one if answer else ~one
    raise TypeError(f"{asked!r} is no condition.")


def _times(value: Expression, units: int) -> Expression:
    return value if units == 1 else value * units


def literal(plain: say.Plain, units: int = 1) -> Expression:
    """A constant, in the units of what it is compared with."""
    return ibis.literal(plain * units if isinstance(plain, int) else plain)


def during(on: Expression, start: date, end: date) -> BooleanValue:
    """On one of these days."""
    return on.between(literal(start), literal(end)).fill_null(False)


def standing(on: Expression, until: Expression, end: date) -> BooleanValue:
    """Begun by the end of this day, and not ended by then."""
    begun = (on <= literal(end)).fill_null(False)
    return begun & (until > literal(end)).fill_null(True)


def sums(measure: Measure, rows: Table, end: date, has_person: bool) -> dict[str, Scalar]:
    """What one measure needs to know of the rows: some of `NAMES`."""
    top, bottom = measure.numerator, measure.denominator
    above = condition(top.where, rows, end)
    below = None if bottom is None else condition(bottom.where, rows, end)
    if measure.is_share:
        above = above & below
    found = {"top": aggregate(top, rows, end, above)}
    if isinstance(top, say.Mean):
        found["known"] = number(top.value, rows, end)[0].count(where=above)
    if bottom is not None:
        found["bottom"] = aggregate(bottom, rows, end, below)
    if has_person:
        found["people"] = rows[PERSON].nunique(where=above)
        if bottom is not None:
            found["of_people"] = rows[PERSON].nunique(where=below)
    return found


def aggregate(made: say.Aggregate, table: Table, end: date, where: BooleanValue) -> Scalar:
    """One number out of many rows; of a mean, what is to be divided."""
    match made:
        case say.Count():
            return table.count(where=where)
        case say.People():
            return table[PERSON].nunique(where=where)
        case say.Different(_, columns):
            return reduce(_beside, (table[name] for name in columns)).nunique(where=where)
        case say.Sum(_, value) | say.Mean(_, value):
            return number(value, table, end)[0].sum(where=where)
        case say.Median(_, value):
            return number(value, table, end)[0].median(where=where)
    raise TypeError(f"{made!r} is no aggregate.")


def _beside(one: Expression, other: Expression) -> Expression:
    """Two texts as one; nothing if either is missing."""
    return one.concat(BETWEEN, other)
