"""The funnel plot: which places differ from the rest by more than chance."""

from dataclasses import dataclass

import altair as alt
import numpy as np

from onestory.analysis.charts.look import BAR, GREY, INK, WIDTH, body, number
from onestory.analysis.report import Chart
from onestory.analysis.statistics import FUNNEL_LEVEL, LEVEL, Interval, funnel_limits

HEIGHT = 300
STEPS = 80
ROOM = 1.12


@dataclass(frozen=True, slots=True)
class Place:
    """One row of a funnel plot."""

    label: str
    count: int
    total: int
    expected: Interval

    @property
    def share(self) -> float:
        return self.count / self.total

    @property
    def outside(self) -> str:
        """'above' or 'below' the limits, or nothing."""
        if self.share > self.expected.high:
            return "above"
        return "below" if self.share < self.expected.low else ""


def places(chart: Chart) -> tuple[float, list[Place]]:
    """What is expected of all, and each place whose figures are not hidden."""
    if len(chart.table.columns) != 2:
        raise ValueError(
            f"{chart.title}: a funnel plot has two columns: how many, and of how many."
        )
    known = [
        (label, count.value, total.value)
        for label, (count, total) in body(chart)
        if count.value is not None and total.value
    ]
    if not known:
        raise ValueError(f"{chart.title}: there is no place to draw.")
    expected = chart.reference
    if expected is None:
        expected = sum(count for _, count, _ in known) / sum(total for *_, total in known)
    return expected, [
        Place(label, count, total, funnel_limits(expected, total)) for label, count, total in known
    ]


def limits(chart: Chart) -> alt.LayerChart:
    """A point for each place between the limits of chance; those outside are filled and named."""
    expected, found = places(chart)
    most = max(place.total for place in found) * ROOM
    x = alt.X("total:Q", scale=alt.Scale(domain=[0, most], nice=False), axis=_axis(chart, False))
    points = [
        {
            "total": place.total,
            "share": place.share,
            "text": place.label if place.outside else "",
            "fill": BAR if place.outside else "white",
        }
        for place in found
    ]
    base = alt.Chart(alt.InlineData(points)).encode(x=x, y=_share())
    dots = base.mark_point(size=70, stroke=BAR, strokeWidth=2, opacity=1).encode(
        fill=alt.Fill("fill:N", scale=None)
    )
    names = base.mark_text(**number(align="left", dx=9)).encode(text="text:N")
    return alt.layer(*_curves(expected, most, x), dots, names).properties(
        width=WIDTH - 40, height=HEIGHT
    )


def _curves(expected: float, most: float, x: alt.X) -> list[alt.Chart]:
    """What is expected, and the limits of chance around it, closing as numbers grow."""
    totals = np.unique(np.linspace(1, most, STEPS).astype(int))
    drawn = []
    for level, dash in ((LEVEL, [4, 3]), (FUNNEL_LEVEL, [1, 0])):
        ends = [(int(total), funnel_limits(expected, int(total), level)) for total in totals]
        for end in ("low", "high"):
            curve = [{"total": total, "share": getattr(found, end)} for total, found in ends]
            drawn.append(
                alt.Chart(alt.InlineData(curve))
                .mark_line(color=GREY, strokeWidth=1.2, strokeDash=dash, interpolate="monotone")
                .encode(x=x, y=_share())
            )
    line = alt.Chart(alt.InlineData([{"share": expected}]))
    return [*drawn, line.mark_rule(color=INK, strokeWidth=1.5).encode(y=_share())]


def _share() -> alt.Y:
    return alt.Y("share:Q", scale=alt.Scale(zero=True), axis=_axis(None, True))


def _axis(chart: Chart | None, percent: bool) -> alt.Axis:
    title = {} if chart is None else {"titleFontWeight": "normal", "titleFontSize": 12}
    return alt.Axis(
        title=chart.table.columns[1] if chart else None,
        grid=percent,
        gridColor="#dcdfe1",
        domain=not percent,
        ticks=False,
        tickCount=5,
        labelPadding=8,
        format=".0%" if percent else ",.0f",
        **title,
    )
