"""From the measure language to ibis expressions."""

from datetime import date
from functools import reduce

import ibis
from ibis import Table
from ibis.expr.types import BooleanValue, Scalar
from ibis.expr.types import Value as Expression

from onestory.analysis.measures import language as say

SECONDS = 3600
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


def at_any_time(on: Expression, until: Expression, start: date, end: date) -> BooleanValue:
    """Begun by the end of the last day, and not ended before the first."""
    begun = (on <= literal(end)).fill_null(False)
    return begun & (until >= literal(start)).fill_null(True)


def count(where: say.Condition, rows: Table, end: date) -> Scalar:
    """How many rows."""
    return rows.count(where=condition(where, rows, end))


def total(value: say.Value, where: say.Condition, rows: Table, end: date) -> Scalar:
    """A sum, in the units in which the value is counted."""
    return number(value, rows, end)[0].sum(where=condition(where, rows, end))


def direct(made: say.Aggregate, where: say.Condition, rows: Table, end: date) -> Scalar:
    """What cannot be added up from parts: a median, or different combinations."""
    met = condition(where, rows, end)
    match made:
        case say.Median(_, value):
            return number(value, rows, end)[0].median(where=met)
        case say.Different(_, columns):
            return reduce(_beside, (rows[name] for name in columns)).nunique(where=met)
    raise TypeError(f"{made!r} is no such aggregate.")


def _beside(one: Expression, other: Expression) -> Expression:
    """Two texts as one; nothing if either is missing."""
    return one.concat(BETWEEN, other)
