"""Holds what was printed against what is made."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from onestory.analysis.figures.printed import Printed
from onestory.analysis.figures.ways import Differs, NotYet, Way
from onestory.analysis.needs.rounding import Rounding


class Outcome(StrEnum):
    """What became of a figure."""

    EQUAL = "equal"
    DIFFERS = "differs"
    NOT_YET = "not yet"


@dataclass(frozen=True)
class Made:
    """What OneStory makes of a figure: numbers, each one or with two ends; or why it cannot yet.

    `slipped` makes the same with the slip of the source, to see whether it explains a difference.
    """

    numbers: tuple[tuple[Fraction, ...], ...] = ()
    missing: str = ""
    slipped: Callable[[Differs], tuple[tuple[Fraction, ...], ...]] | None = None


@dataclass(frozen=True)
class Line:
    """One figure as it was printed and as it is made. `proved`: the slip makes it as printed."""

    printed: Printed
    outcome: Outcome
    made: str = ""
    reason: str = ""
    proved: bool = False


Makers = Mapping[type, Callable[[object], Made]]


def check(printed: Mapping[str, Printed], ways: Mapping[str, Way], makers: Makers) -> list[Line]:
    """A line for each figure; `makers` make it, by the kind of its way."""
    return [_line(one, ways[id_], makers) for id_, one in printed.items()]


def summary(lines: Iterable[Line]) -> str:
    """'N of M figures reproduced, K differ, L not yet'."""
    found = [line.outcome for line in lines]
    equal, differ, not_yet = (found.count(outcome) for outcome in Outcome)
    return f"{equal} of {len(found)} figures reproduced, {differ} differ, {not_yet} not yet"


def unexplained(lines: Iterable[Line]) -> list[Line]:
    """Those that differ without a reason that holds."""
    return [line for line in lines if line.outcome is Outcome.DIFFERS and not line.proved]


def _line(printed: Printed, way: Way, makers: Makers) -> Line:
    if isinstance(way.maker, NotYet):
        return Line(printed, Outcome.NOT_YET, reason=way.maker.area)
    made = makers[type(way.maker)](way.maker)
    if made.missing:
        return Line(printed, Outcome.NOT_YET, reason=made.missing)
    text = _text(printed, made.numbers)
    if _same(printed, made.numbers):
        return Line(printed, Outcome.EQUAL, text)
    if way.differs is None:
        return Line(printed, Outcome.DIFFERS, text, "no reason is known")
    return Line(
        printed, Outcome.DIFFERS, text, way.differs.reason, _explains(printed, made, way.differs)
    )


def _explains(printed: Printed, made: Made, differs: Differs) -> bool:
    """Whether the slip that is said to be the reason makes what was printed."""
    if differs.cut:
        return _same(printed, made.numbers, "cut")
    if made.slipped is None or not (differs.changes or differs.roundings):
        return False
    return _same(printed, made.slipped(differs))


def _same(
    printed: Printed, numbers: tuple[tuple[Fraction, ...], ...], way: str = "nearest"
) -> bool:
    if [len(part) for part in printed.parts] != [len(part) for part in numbers]:
        return False
    pairs = zip(printed.parts, numbers, strict=True)
    return all(
        one.is_of(exact, way) for part, ours in pairs for one, exact in zip(part, ours, strict=True)
    )


def _text(printed: Printed, numbers: tuple[tuple[Fraction, ...], ...]) -> str:
    """Ours, in as many decimals as the printed one."""
    places = max(number.places for part in printed.parts for number in part)
    return "/".join("-".join(_decimals(end, places) for end in part) for part in numbers)


def _decimals(number: Fraction, places: int) -> str:
    return f"{float(Rounding(places)(number)):.{places}f}"
