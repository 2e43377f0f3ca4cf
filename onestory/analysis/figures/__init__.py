"""Figures that somebody printed, held against what OneStory makes: equal, differs and why, not yet.

The figures of an area lie in its pack: `areas/<area>/published/figures.csv` has what was printed,
and `figures.toml` beside it says of each how OneStory makes it.
"""

from onestory.analysis.figures.check import Line, Made, Outcome, check, summary, unexplained
from onestory.analysis.figures.printed import FigureError, Printed, read_printed
from onestory.analysis.figures.ways import Way, read_ways

__all__ = [
    "FigureError",
    "Line",
    "Made",
    "Outcome",
    "Printed",
    "Way",
    "check",
    "read_printed",
    "read_ways",
    "summary",
    "unexplained",
]
