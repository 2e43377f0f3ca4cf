"""What most readers of a new snapshot will ask is worked out before they do."""

from collections.abc import Iterable
from contextlib import suppress

from onestory.agencies.area.compiled import Compiled
from onestory.agencies.pack import pack
from onestory.analysis.measures import MeasureError
from onestory.analysis.periods import Span
from onestory.analysis.snapshots import Snapshot
from onestory.kernel.errors import Refused
from onestory.reporting import compiling, dashboard
from onestory.reporting.drawings import drawing

# So many of the periods that are over are looked at again and again.
PERIODS = {"year": 2, "quarter": 4}


def prepare(snapshot: Snapshot, teams: Iterable[str]) -> None:
    """Count the compiled reports of the usual periods, draw their charts, count some dashboards.

    Nothing is told by that: what a page tells is kept when somebody looks at it.
    """
    for report in pack().compiled.values():
        for span in compiling.spans_over(report, snapshot.counted_to, PERIODS[report.period]):
            with suppress(Refused):
                _report(report, span, snapshot)
    for team in teams:
        # Some figures are of no team; a page that asks for them says so.
        with suppress(MeasureError):
            dashboard.keys(snapshot.path, team, dashboard.codes(team))


def _report(report: Compiled, span: Span, snapshot: Snapshot) -> None:
    nothing = {"entered": {}, "entered_before": {}}
    whole = compiling.make_compiled(report, span.start, span.end, **nothing)
    for chart in compiling.as_released(report, whole)[0].charts:
        drawing(chart, snapshot.path)
