"""How a step rounds. Exact where the inputs are exact; fast and good enough where they are drawn."""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

import numpy

# One number, exact; or an array with one for each draw.
Number = Fraction | int | numpy.ndarray


@dataclass(frozen=True, slots=True)
class Rounding:
    """To so many decimals: to the nearest (halves away from nought), up, or cut. None: not at all."""

    places: int | None
    way: str = "nearest"

    def __call__(self, number: Number) -> Number:
        if self.places is None:
            return number
        unit = 10**self.places
        if isinstance(number, Fraction | int):
            return Fraction(WAYS[self.way](number * unit), unit)
        return DRAWN[self.way](number * unit) / unit

    @property
    def words(self) -> str:
        """What it does, for beneath a figure."""
        if self.places is None:
            return "not rounded"
        to = "a whole number" if not self.places else f"{self.places} decimal place"
        to += "s" if self.places > 1 else ""
        return {"nearest": "rounded to", "up": "rounded up to", "cut": "cut off after"}[
            self.way
        ] + f" {to}"


def _nearest(number: Fraction) -> int:
    size = floor(abs(number) + Fraction(1, 2))
    return -size if number < 0 else size


def _nearest_drawn(numbers: numpy.ndarray) -> numpy.ndarray:
    return numpy.copysign(numpy.floor(numpy.abs(numbers) + 0.5), numbers)


WAYS = {"nearest": _nearest, "up": ceil, "cut": floor}
DRAWN = {"nearest": _nearest_drawn, "up": numpy.ceil, "cut": numpy.floor}

EXACT = Rounding(None)
WHOLE = Rounding(0)
ONE_PLACE = Rounding(1)
TWO_PLACES = Rounding(2)
