"""Charts of lines over time."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import altair as alt

from onestory.analysis.charts.look import (
    BAR,
    DASHES,
    GREY,
    INK,
    MARKS,
    SERIES,
    WIDTH,
    axis,
    body,
    number,
)
from onestory.analysis.report import Chart

HEIGHT = 260
NAMES = 130
LINE_OF_WORDS = 15
BAND = 0.18
ROOM = 1.08


def lines(chart: Chart) -> alt.LayerChart:
    """A line for each column, named at its end, in the band of its interval; dashed, its target."""
    columns = chart.table.columns
    if len(columns) > len(SERIES):
        raise ValueError(f"{chart.title}: {len(columns)} lines in one chart cannot be told apart.")
    return _drawn(chart, SERIES[: len(columns)], DASHES, MARKS)


def trajectory(chart: Chart) -> alt.LayerChart:
    """What was planned, dashed, and what came, so far as it did."""
    if len(chart.table.columns) != 2:
        raise ValueError(f"{chart.title}: a trajectory has two columns, planned and actual.")
    return _drawn(chart, (GREY, BAR), ([6, 4], [1, 0]), ("stroke", "circle"))


def _drawn(
    chart: Chart, colours: Sequence[str], dashes: Sequence[Sequence[int]], marks: Sequence[str]
) -> alt.LayerChart:
    columns = list(chart.table.columns)
    found = list(_points(chart))
    most = max([*(point["high"] for point in found), chart.reference or 0]) or 1
    base = alt.Chart(alt.InlineData(found)).encode(
        x=alt.X(
            "row:N",
            sort=[label for label, _ in body(chart)],
            axis=axis(labelOverlap="greedy"),
            scale=alt.Scale(type="point", padding=0.3),
        ),
        color=alt.Color("column:N", legend=None, scale=alt.Scale(domain=columns, range=colours)),
    )
    height = alt.Scale(domain=[0, most * ROOM], nice=True)
    y = alt.Y("value:Q", scale=height, axis=_numbers(chart))
    band = base.mark_area(opacity=BAND).encode(y=alt.Y("low:Q", scale=height), y2="high:Q")
    dash = alt.StrokeDash(
        "column:N", legend=None, scale=alt.Scale(domain=columns, range=list(dashes[: len(columns)]))
    )
    line = base.mark_line(strokeWidth=2.5).encode(y=y, strokeDash=dash)
    shape = alt.Shape(
        "column:N", legend=None, scale=alt.Scale(domain=columns, range=list(marks[: len(columns)]))
    )
    dots = base.mark_point(filled=True, size=45, opacity=1).encode(y=y, shape=shape)
    names = alt.Chart(alt.InlineData(_ends(chart, most * ROOM))).encode(
        x=alt.X("row:N", sort=None), y=alt.Y("at:Q", scale=height), text="text:N"
    )
    written = number(align="left", dx=9, size=13)
    # A name that stands on another line is edged in white.
    edged = names.mark_text(**written, stroke="white", strokeWidth=5, strokeJoin="round")
    letters = names.mark_text(**written)
    target = _target(chart, height) if chart.reference is not None else []
    return alt.layer(band, *target, line, dots, edged, letters).properties(
        width=WIDTH - NAMES, height=HEIGHT
    )


def _target(chart: Chart, height: alt.Scale) -> list[alt.Chart]:
    """What is aimed for: a dashed line across, with its name at its left end."""
    said = {"at": chart.reference, "text": chart.reference_label}
    base = alt.Chart(alt.InlineData([said])).encode(y=alt.Y("at:Q", scale=height))
    rule = base.mark_rule(color=INK, strokeWidth=1.5, strokeDash=[5, 4])
    name = base.encode(x=alt.value(4), text="text:N").mark_text(**number(align="left", dy=-8))
    return [rule, name]


def _points(chart: Chart) -> Iterator[dict]:
    """Each figure with its interval; what is hidden or missing breaks the line."""
    for label, line in body(chart):
        for column, cell in zip(chart.table.columns, line, strict=True):
            value = None if cell.value is None else float(cell.value)
            low, high = (
                (cell.low, cell.high) if None not in (cell.low, cell.high) else (value, value)
            )
            yield {
                "row": label,
                "column": column,
                "value": value,
                "low": low,
                "high": high or 0,
            }


def _ends(chart: Chart, top: float) -> list[dict]:
    """The name and last figure of each line, moved apart where two would touch."""
    ends = []
    for place, column in enumerate(chart.table.columns):
        known = [(label, c[place]) for label, c in body(chart) if c[place].value is not None]
        if known:
            label, cell = known[-1]
            said = f"{column}: {cell.text}"
            ends.append({"row": label, "at": float(cell.value), "text": said})
    apart = top * LINE_OF_WORDS / HEIGHT
    ends.sort(key=lambda end: (end["row"], end["at"]))
    for below, above in pairwise(ends):
        if above["row"] == below["row"]:
            above["at"] = max(above["at"], below["at"] + apart)
    return ends


def _numbers(chart: Chart) -> alt.Axis:
    unit = next((cell.unit for line in chart.table.cells for cell in line), "")
    before, after = "£" if unit == "pounds" else "", "%" if unit.endswith("percent") else ""
    return alt.Axis(
        title=None,
        grid=True,
        gridColor="#dcdfe1",
        domain=False,
        ticks=False,
        tickCount=5,
        labelExpr=f"'{before}' + format(datum.value, ',') + '{after}'",
        labelPadding=8,
    )
