"""From what was counted to figures: values, intervals, labels, and the reason where there is none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from onestory.analysis import statistics
from onestory.analysis.measures.language import Mean, Median, People
from onestory.analysis.measures.measure import (
    AGE_BANDS,
    NOT_RECORDED,
    TIMES,
    Figure,
    Measure,
)
from onestory.analysis.periods import Period, Span

NOTHING = "There is nothing to divide by."
NONE_MEASURED = "None of them has this recorded."
NOT_BEGUN = "The period has not begun."


@dataclass(frozen=True, slots=True)
class Counted:
    """What an evaluator found for one group: sums without any rounding."""

    numerator: Fraction | None = Fraction(0)
    denominator: int | None = None
    people: int | None = None
    of_people: int | None = None


def figure(
    measure: Measure, counted: Counted, group: str | None, label: str, begun: bool
) -> Figure:
    """The figure of one group."""
    reason = _reason(measure, counted, begun)
    value = None if reason else _value(measure, counted)
    low, high = (None, None) if reason else _interval(measure, counted)
    return Figure(
        group=group,
        label=label,
        numerator=counted.numerator,
        denominator=counted.denominator,
        value=value,
        low=low,
        high=high,
        people=counted.people,
        of_people=counted.of_people,
        reason=reason,
    )


def _reason(measure: Measure, counted: Counted, begun: bool) -> str:
    if not begun:
        return NOT_BEGUN
    if isinstance(measure.numerator, Mean | Median):
        return NONE_MEASURED if counted.numerator is None or counted.denominator == 0 else ""
    return NOTHING if counted.denominator == 0 else ""


def _value(measure: Measure, counted: Counted) -> Fraction:
    divisor = 1 if counted.denominator is None else counted.denominator
    return counted.numerator * measure.per / divisor


def _interval(measure: Measure, counted: Counted) -> tuple[float | None, float | None]:
    if measure.interval is None:
        return None, None
    count, per = int(counted.numerator), measure.per
    if measure.is_share:
        found = statistics.wilson(count, counted.denominator)
    else:
        found, per = statistics.byar(count), Fraction(per, counted.denominator or 1)
    return float(found.low * per), float(found.high * per)


def age_band(age: int | None) -> str | None:
    """'18 to 24'; None where no age is recorded or it is none."""
    if age is None:
        return None
    return next((name for first, last, name in AGE_BANDS if first <= age <= last), None)


def spans(by: str, period: Span, counted_to: date) -> tuple[Span, ...]:
    """The months, quarters or financial years of a period, up to what was counted."""
    whole = Period(period.start, period.end, counted_to)
    found = {"month": whole.months, "year": whole.years}.get(by) or _quarters(whole)
    return tuple(span for span in found if span.start <= counted_to)


def _quarters(whole: Period) -> tuple[Span, ...]:
    """Q1 is April to June."""
    found: dict[str, list[Span]] = {}
    for month in whole.months:
        turn = (month.start.month - 4) % 12 // 3 + 1
        first = month.start.year - (month.start.month < 4)
        found.setdefault(f"{first}/{(first + 1) % 100:02} Q{turn}", []).append(month)
    return tuple(
        Span(name, months[0].start, min(months[-1].end, whole.end), all(m.complete for m in months))
        for name, months in found.items()
    )


def ordered(
    by: str,
    found: Mapping[str | None, Counted],
    empty: Counted,
    words: Mapping[str, str],
    period: Span,
    counted_to: date,
) -> Sequence[tuple[str | None, str, Counted]]:
    """Every group with its label, in the order in which people expect them.

    Groups that are named somewhere (months, age bands, the codes that the area lists) are there
    even when nothing was counted in them; others follow; what is not recorded comes last.
    """
    if by in TIMES:
        named = {span.label: span.label for span in spans(by, period, counted_to)}
    elif by == "age_band":
        named = {name: name for _, _, name in AGE_BANDS}
    else:
        named = dict(words)
    others = sorted(code for code in found if code is not None and code not in named)
    listed = [(code, words.get(code, named.get(code, code))) for code in (*named, *others)]
    if None in found:
        listed.append((None, NOT_RECORDED))
    return [(code, label, found.get(code, empty)) for code, label in listed]


def empty(measure: Measure, has_person: bool) -> Counted:
    """What is counted where there are no rows."""
    averaged = isinstance(measure.numerator, Mean)
    divided = measure.denominator is not None
    return Counted(
        numerator=None if isinstance(measure.numerator, Median) else Fraction(0),
        denominator=0 if divided or averaged else None,
        people=0 if has_person else None,
        of_people=0 if has_person and divided else None,
    )


def overlapping(measure: Measure, by: str | None, is_list: bool) -> bool:
    """Whether something can be counted in several groups, so that they do not add up."""
    if by is None:
        return False
    if by in TIMES and measure.standing:
        return True
    return is_list or any(
        isinstance(made, People) for made in (measure.numerator, measure.denominator)
    )
