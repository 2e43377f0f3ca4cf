"""What an input may be, and what its interval is: as the source gives it, or worked out from it.

- `95%`: the confidence interval that the source gives. Drawn from a normal curve on each side.
- `range`: the two ends that the source names (a range of studies, a cheap and a dear case). Drawn
  evenly between them.
- `printed`: no interval is given; what is known is the number to so many digits. 0.031 lies
  between 0.0305 and 0.0315; 0.20 between 0.195 and 0.205. Drawn evenly.
- `count`: a number of events, with the 95% interval of a Poisson count.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from onestory.analysis.statistics import byar


class Interval(NamedTuple):
    """The columns of an input that hold its interval."""

    low: Fraction | None
    high: Fraction | None
    interval: str | None


@dataclass(frozen=True)
class Kind:
    """What sort of number: from what to what it may go, and how a fault is put into words."""

    unit: str
    most: int | None = None
    whole: bool = False
    positive: bool = False

    def fault(self, number: Fraction) -> str:
        """What is wrong with a number of this kind; nothing if it may be."""
        if self.most is not None and number > self.most:
            return (
                f"{float(number):g} is more than {self.most}."
                f" A share of {float(number):g}% is written {float(number) / 100:g}."
            )
        if number < 0:
            return f"{float(number):g} is less than nought."
        if self.positive and not number:
            return "a population of nought: nothing can be divided by it."
        if self.whole and number.denominator != 1:
            return f"{float(number):g} is not a whole number."
        return ""


KINDS = {
    "share": Kind("share", most=1),
    "people": Kind("people", whole=True, positive=True),
    "count": Kind("count", whole=True),
    "pounds": Kind("pounds"),
    "rate": Kind("rate"),
    "number": Kind("number"),
}


def _as_printed(written: int | Decimal, kind: Kind) -> tuple[Fraction, Fraction]:
    value = Decimal(written)
    half = Fraction(1, 2) * Fraction(10) ** value.as_tuple().exponent
    low, high = Fraction(value) - half, Fraction(value) + half
    return max(low, Fraction(0)), min(high, Fraction(kind.most)) if kind.most else high


def _as_counted(written: int | Decimal, kind: Kind) -> tuple[Fraction, Fraction]:
    found = byar(int(written))
    return Fraction(found.low), Fraction(found.high)


@dataclass(frozen=True)
class Ends:
    """Where the two ends of an interval come from, and how a value between them is drawn."""

    needs: str
    even: bool
    work: Callable[[int | Decimal, Kind], tuple[Fraction, Fraction]] | None = None

    @property
    def computed(self) -> bool:
        """Whether they are worked out from the value."""
        return self.work is not None


WORKED_OUT = "is worked out from the value: leave out low and high."
INTERVALS = {
    "95%": Ends("needs low and high.", even=False),
    "range": Ends("needs low and high.", even=True),
    "printed": Ends(WORKED_OUT, even=True, work=_as_printed),
    "count": Ends(WORKED_OUT, even=False, work=_as_counted),
}
