"""Charts of bars."""

from collections.abc import Iterator

import altair as alt

from onestory.analysis.charts.look import (
    BAR,
    EARLIER,
    INK,
    LABELS,
    WIDTH,
    WRAPPED,
    axis,
    body,
    by_reach,
    cells,
    data,
    header,
    number,
    wrapped,
)
from onestory.analysis.report import Cell, Chart

SHORT = "slice(datum.label, 0, 3)"
PART = "replace(datum.label, /\\(.*/, '(part)')"
MONTH_HEIGHT = 90
BAR_STEP = 17
ROW_STEP = 38
OUT = 5


def months(chart: Chart) -> alt.FacetChart:
    """Twelve bars for each year, one year below another, all to one scale."""
    rows = [label for label, _ in body(chart)]
    most = max((cell["value"] for cell in cells(chart)), default=0)
    room = alt.Scale(domain=[0, max(most, 1) * 1.25])  # for the numbers above the bars
    base = alt.Chart(data(chart)).encode(
        x=alt.X("row:N", scale=alt.Scale(domain=rows), axis=axis(labelExpr=SHORT)),
        y=alt.Y("value:Q", axis=None, scale=room),
    )
    drawn = base.mark_bar(color=BAR, width=alt.RelativeBandSize(0.75))
    numbers = base.mark_text(**number(dy=-8)).encode(text="text:N")
    return (
        (drawn + numbers)
        .properties(width=WIDTH, height=MONTH_HEIGHT)
        .facet(row=alt.Row("column:N", sort=list(chart.table.columns), header=header("top")))
        .resolve_scale(x="independent")
    )


def bars(chart: Chart) -> alt.FacetChart:
    """A group of bars for each row of the table, one bar for each year; the last year is darkest."""
    columns = list(chart.table.columns)
    shades = [EARLIER] * (len(columns) - 1) + [BAR]
    base = alt.Chart(data(chart)).encode(
        y=alt.Y("column:N", sort=columns, axis=axis(labelExpr=PART)),
        x=alt.X("value:Q", axis=None),
    )
    drawn = base.mark_bar(height=alt.RelativeBandSize(0.85)).encode(
        color=alt.Color("column:N", legend=None, scale=alt.Scale(domain=columns, range=shades))
    )
    numbers = base.mark_text(**number(dx=OUT, align="left")).encode(text="text:N")
    rows = [label for label, _ in body(chart)]
    return (
        (drawn + numbers)
        .properties(width=WIDTH - LABELS, height=alt.Step(BAR_STEP))
        .facet(row=alt.Row("row:N", sort=rows, header=header("left")), spacing=12)
    )


def tornado(chart: Chart) -> alt.LayerChart:
    """How far the result moves with each assumption, what moves it most on top."""
    middle = float(chart.reference or 0)
    found = list(_ends(chart, middle))
    order = list(dict.fromkeys(end["row"] for end in found))
    base = alt.Chart(alt.InlineData(found)).encode(
        y=alt.Y("row:N", sort=order, axis=axis(domain=False, labelExpr=WRAPPED))
    )
    shades = alt.Scale(domain=list(chart.table.columns), range=[EARLIER, BAR])
    legend = alt.Legend(title=None, orient="top", labelFontSize=12, labelColor=INK, labelLimit=0)
    scale = alt.Scale(domain=_with_room(found, middle), nice=False)
    drawn = base.mark_bar(height=alt.RelativeBandSize(0.6)).encode(
        x=alt.X("from:Q", axis=None, scale=scale),
        x2="value:Q",
        color=alt.Color("column:N", scale=shades, legend=legend),
    )
    left, right = alt.datum.value < middle, alt.datum.value >= middle
    numbers = [
        base.transform_filter(side)
        .mark_text(**number(dx=dx, align=align))
        .encode(x="value:Q", text="text:N")
        for side, dx, align in ((left, -OUT, "right"), (right, OUT, "left"))
    ]
    return alt.layer(drawn, *numbers, *_middle(chart, middle)).properties(
        width=WIDTH - LABELS, height=alt.Step(ROW_STEP)
    )


def _ends(chart: Chart, middle: float) -> Iterator[dict]:
    """Each assumption's two bars, from the middle out."""
    for label, line in by_reach(chart):
        for column, cell in zip(chart.table.columns, line, strict=True):
            yield {
                "row": wrapped(label),
                "column": column,
                "from": middle,
                "value": float(cell.value),
                "text": cell.text,
            }


def _with_room(found: list[dict], middle: float) -> list[float]:
    """The ends of the scale, so far out that the numbers beside the bars fit."""
    ends = [cell["value"] for cell in found] + [middle]
    room = (max(ends) - min(ends) or 1) * 0.22
    return [min(ends) - room, max(ends) + room]


def _middle(chart: Chart, middle: float) -> tuple[alt.Chart, alt.Chart]:
    at = alt.Chart(alt.InlineData([{"at": middle, "text": chart.reference_label}])).encode(x="at:Q")
    return (
        at.mark_rule(color=INK, strokeWidth=1.5),
        at.mark_text(**number(dy=12, baseline="top")).encode(
            y=alt.value(alt.expr("height")), text="text:N"
        ),
    )


def funnel(chart: Chart) -> alt.LayerChart:
    """How many reached each stage, and what share that is of those before."""
    found, before = [], None
    for label, line in body(chart):
        cell = line[0]
        if cell.value is None and not cell.suppressed:
            continue
        found.append(
            {
                "row": wrapped(label),
                "value": float(cell.value or 0),
                "text": _of_before(cell, before),
            }
        )
        before = cell.value
    base = alt.Chart(alt.InlineData(found)).encode(
        y=alt.Y(
            "row:N",
            sort=[cell["row"] for cell in found],
            axis=axis(domain=False, labelExpr=WRAPPED),
        ),
        x=alt.X("value:Q", axis=None, scale=alt.Scale(zero=True)),
    )
    drawn = base.mark_bar(color=BAR, height=alt.RelativeBandSize(0.7))
    numbers = base.mark_text(**number(dx=OUT, align="left")).encode(text="text:N")
    return (drawn + numbers).properties(width=WIDTH - LABELS, height=alt.Step(ROW_STEP))


def _of_before(cell: Cell, before: int | None) -> str:
    """'412, 43% of those before'."""
    if cell.value is None or not before:
        return cell.text
    return f"{cell.text}, {100 * cell.value / before:.0f}% of those before"
