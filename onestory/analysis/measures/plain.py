"""The measure language again, row by row in Python: slow, and obvious enough to be believed.

`evaluate` has to agree with it on any rows: `tests/generative/test_measures.py` looks for some on
which they do not. Spec tests run both.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from operator import eq, ge, gt, le, lt, ne
from statistics import median

from onestory.analysis.measures import language as say
from onestory.analysis.measures.checking import check
from onestory.analysis.measures.figures import (
    Counted,
    age_band,
    figure,
    ordered,
    overlapping,
    spans,
)
from onestory.analysis.measures.measure import EVERYTHING, TIMES, Measure, Result, notes_of
from onestory.analysis.periods import Span

Row = Mapping[str, object]
OPERATORS = {"==": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}


def run(
    measure: Measure,
    rows: Sequence[Row],
    columns: Collection[str],
    period: Span,
    counted_to: date,
    *,
    area: str | None = None,
    team: str | None = None,
    by: str | None = None,
    words: Mapping[str, str] | None = None,
) -> Result:
    """As `measures.run`, over the rows of the measure's table as dictionaries with these columns."""
    has_person = "person" in columns
    check(measure, columns, by=by, area=area, team=team)
    rows = [r for r in rows if area is None or r[measure.area] == area]
    rows = [r for r in rows if team is None or r[measure.team] == team]
    end = min(period.end, counted_to)

    def counted(some: Iterable[Row], last: date) -> Counted:
        return _counted(measure, list(some), last, has_person)

    inside = [row for row in rows if _within(measure, row, period.start, end)]
    found: dict[str | None, Counted] = {}
    for span in spans(by, period, counted_to) if by in TIMES else ():
        last = min(span.end, end)
        found[span.label] = counted(
            (row for row in rows if _within(measure, row, span.start, last)), last
        )
    if by is not None and by not in TIMES:
        for code in {code for row in inside for code in _groups(row, by)}:
            found[code] = counted((row for row in inside if code in _groups(row, by)), end)

    begun = period.start <= counted_to
    listed = ordered(by, found, counted((), end), words or {}, period, counted_to) if by else ()
    overlaps = overlapping(measure, by, any(isinstance(row.get(by), list) for row in rows))
    return Result(
        measure=measure,
        period=period,
        counted_to=counted_to,
        total=figure(measure, counted(inside, end), None, EVERYTHING, begun),
        by=by,
        cells=tuple(figure(measure, one, code, label, begun) for code, label, one in listed),
        area=area,
        team=team,
        overlaps=overlaps,
        notes=notes_of(measure, period, counted_to, overlaps),
    )


def _within(measure: Measure, row: Row, start: date, end: date) -> bool:
    """Whether a row belongs to the period, or stands at its end or in it."""
    on = row[measure.on]
    if end < start or on is None or on > end:
        return False
    if measure.until is None:
        return start <= on
    until = row[measure.until]
    if measure.any_time:
        return until is None or until >= start
    return until is None or until > end


def _groups(row: Row, by: str) -> set[str | None]:
    """The groups in which a row is counted: one, or one for each different code of a list."""
    if by == "age_band":
        return {age_band(row["age"])}
    found = row[by]
    if isinstance(found, list):
        return set(found) or {None}
    return {_code(found)}


def _code(found: object) -> str | None:
    """A group's code is text; yes and no are written as in databases."""
    if isinstance(found, bool):
        return "true" if found else "false"
    return None if found is None else str(found)


def _counted(measure: Measure, rows: Sequence[Row], end: date, has_person: bool) -> Counted:
    top, bottom = measure.numerator, measure.denominator
    below = rows if bottom is None else [row for row in rows if holds(bottom.where, row, end)]
    above = [row for row in (below if measure.is_share else rows) if holds(top.where, row, end)]
    if isinstance(top, say.Mean):
        known = [number(top.value, row, end) for row in above]
        divisor = sum(1 for one in known if one is not None)
    else:
        divisor = None if bottom is None else int(aggregate(bottom, below, end))
    return Counted(
        numerator=aggregate(top, above, end),
        denominator=divisor,
        people=_people(above) if has_person else None,
        of_people=_people(below) if has_person and bottom is not None else None,
    )


def _people(rows: Iterable[Row]) -> int:
    return len({row["person"] for row in rows if row["person"] is not None})


def aggregate(made: say.Aggregate, rows: Sequence[Row], end: date) -> Fraction | None:
    """One number out of these rows; of a mean, what is to be divided."""
    match made:
        case say.Count():
            return Fraction(len(rows))
        case say.People():
            return Fraction(_people(rows))
        case say.Different(_, columns):
            found = {tuple(row[name] for name in columns) for row in rows}
            return Fraction(sum(None not in one for one in found))
    known = [one for row in rows if (one := number(made.value, row, end)) is not None]
    if isinstance(made, say.Median):
        return Fraction(median(known)) if known else None
    return sum(known, Fraction(0))


def number(value: say.Value, row: Row, end: date):
    """What a row has; None where it is missing."""
    match value:
        case say.Column(name):
            return row[name]
        case say.LastDay():
            return end
    first, last = number(value.start, row, end), number(value.end, row, end)
    if first is None or last is None:
        return None
    if isinstance(value, say.Days):
        return (last - first).days
    return Fraction(int((last - first).total_seconds()), 3600)


def holds(asked: say.Condition, row: Row, end: date) -> bool:
    """Whether the answer is yes."""
    match asked:
        case say.Always():
            return True
        case say.Both(one, other):
            return holds(one, row, end) and holds(other, row, end)
        case say.Either(one, other):
            return holds(one, row, end) or holds(other, row, end)
        case say.Not(one):
            return not holds(one, row, end)
        case say.Missing(value):
            return number(value, row, end) is None
        case say.Compare(symbol, left, right):
            one = number(left, row, end)
            other = number(right, row, end) if isinstance(right, say.Value) else right
            if one is None or other is None:
                return False
            return OPERATORS[symbol](one, other)
        case say.Among(value, options):
            return number(value, row, end) in options
        case say.Has(value, option):
            return option in (number(value, row, end) or ())
        case say.Is(value, answer):
            return number(value, row, end) is answer
    raise TypeError(f"{asked!r} is no condition.")
