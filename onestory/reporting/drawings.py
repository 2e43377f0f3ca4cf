"""Charts as drawings for pages. The same numbers make the same drawing, so it is made once."""

from functools import lru_cache

from onestory.analysis import charts
from onestory.analysis.report import Chart

KEPT = 256


@lru_cache(maxsize=KEPT)
def drawing(chart: Chart) -> str:
    """The chart as SVG. Drawing one takes a tenth of a second, finding it again nothing."""
    return charts.svg(chart)
