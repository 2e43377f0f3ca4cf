"""Charts as drawings for pages. The same numbers make the same drawing, so it is made once."""

from functools import lru_cache
from pathlib import Path

from onestory.analysis import charts
from onestory.analysis.frozen import plainly
from onestory.analysis.report import Chart
from onestory.reporting import kept

KEPT = 256


@lru_cache(maxsize=KEPT)
def drawing(chart: Chart, snapshot: Path | None = None) -> str:
    """The chart as SVG. Drawing one takes a tenth of a second, finding it again nothing.

    Of a `snapshot`, it is kept beside what was counted, for the next process too: the first drawing
    in each takes seconds.
    """
    if snapshot is None:
        return charts.svg(chart)
    asked = ("drawing", kept.to_json(plainly(chart)))
    return kept.answered(snapshot, asked, lambda: charts.svg(chart), str, str)
