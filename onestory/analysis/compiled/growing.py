"""How much more or less there is than the period before."""

from decimal import Decimal
from fractions import Fraction

from onestory.analysis.measures.wording import rounded
from onestory.analysis.report import Cell, Count, Made

CHANGE = "Change"


def growth(now: Cell, before: Cell, decimals: int = 0) -> Cell:
    """How much more or less one count is than another, in percent of the other."""
    named = all(cell.who or cell.made for cell in (now, before))
    if not named or not before.value or now.value is None:
        return Cell(None, "change percent")
    exact = 100 * (Fraction(now.value) / Fraction(before.value) - 1)
    counts = (Count(now.value, now.who, now.people), Count(before.value, before.who, before.people))
    return Cell(
        shown(exact, decimals),
        "change percent",
        exact=exact,
        made=Made("growth", counts, places=decimals),
    )


def shown(exact: Fraction, decimals: int) -> int | Decimal:
    """A number to so many decimals, for a cell."""
    number = rounded(exact, decimals)
    return number if decimals else int(number)
