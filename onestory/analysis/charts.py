"""Pictures of tables, drawn without a browser: each a Vega-Lite specification made by Altair.

They are read by people who see no colour and in copies without any, so nothing hangs on colour:
every bar stands beside its label and bears its number.
"""

import altair as alt
import vl_convert

from onestory.analysis.report import Cell, Chart

FONT = "Arial, Helvetica, sans-serif"
INK = "#0b0c0c"
BAR = "#12436d"
EARLIER = "#6f8fae"
LABELS = 190
SHORT = "slice(datum.label, 0, 3)"
PART = "replace(datum.label, /\\(.*/, '(part)')"
WIDTH = 560
MONTH_HEIGHT = 90
BAR_STEP = 17
PRINT_SCALE = 2.5


def specification(chart: Chart) -> dict:
    """The chart as a Vega-Lite specification, its figures inside."""
    drawn = {"months": _months, "bars": _bars}[chart.kind](chart)
    return (
        drawn.properties(background="white", padding=4)
        .configure(font=FONT)
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=INK, labelFontSize=12, titleColor=INK, grid=False, domainColor="#505a5f"
        )
        .configure_header(labelColor=INK, labelFontSize=13, labelFontWeight="bold", title=None)
        .to_dict()
    )


def svg(chart: Chart) -> str:
    """The chart for pages; its words are `chart.alt`."""
    return vl_convert.vegalite_to_svg(specification(chart))


def png(chart: Chart) -> bytes:
    """The chart for Word, fine enough to print."""
    return vl_convert.vegalite_to_png(specification(chart), scale=PRINT_SCALE)


def _months(chart: Chart) -> alt.FacetChart:
    """Twelve bars for each year, one year below another, all to one scale."""
    months = [label for label, _ in _body(chart)]
    values = [cell.value or 0 for _, cells in _body(chart) for cell in cells]
    room = alt.Scale(domain=[0, max(values) * 1.25])  # for the numbers above the bars
    base = alt.Chart(_data(chart)).encode(
        x=alt.X("row:N", scale=alt.Scale(domain=months), axis=_axis(labelExpr=SHORT)),
        y=alt.Y("value:Q", axis=None, scale=room),
    )
    bars = base.mark_bar(color=BAR, width=alt.RelativeBandSize(0.75))
    numbers = base.mark_text(dy=-8, color=INK, font=FONT, fontSize=12).encode(text="value:Q")
    return (
        (bars + numbers)
        .properties(width=WIDTH, height=MONTH_HEIGHT)
        .facet(row=alt.Row("column:N", sort=list(chart.table.columns), header=_header("top")))
        .resolve_scale(x="independent")
    )


def _bars(chart: Chart) -> alt.FacetChart:
    """A group of bars for each row of the table, one bar for each year; the last year is darkest."""
    columns = list(chart.table.columns)
    shades = [EARLIER] * (len(columns) - 1) + [BAR]
    base = alt.Chart(_data(chart)).encode(
        y=alt.Y("column:N", sort=columns, axis=_axis(labelExpr=PART)),
        x=alt.X("value:Q", axis=None),
    )
    bars = base.mark_bar(height=alt.RelativeBandSize(0.85)).encode(
        color=alt.Color("column:N", legend=None, scale=alt.Scale(domain=columns, range=shades))
    )
    numbers = base.mark_text(dx=5, align="left", color=INK, font=FONT, fontSize=12).encode(
        text="value:Q"
    )
    rows = [label for label, _ in _body(chart)]
    return (
        (bars + numbers)
        .properties(width=WIDTH - LABELS, height=alt.Step(BAR_STEP))
        .facet(row=alt.Row("row:N", sort=rows, header=_header("left")), spacing=12)
    )


def _body(chart: Chart) -> list[tuple[str, tuple[Cell, ...]]]:
    return [line for line in chart.table.lines if line[0] != "Total"]


def _data(chart: Chart) -> alt.InlineData:
    return alt.InlineData(
        [
            {"row": label, "column": column, "value": cell.value}
            for label, cells in _body(chart)
            for column, cell in zip(chart.table.columns, cells, strict=True)
            if cell.value is not None
        ]
    )


def _axis(**more) -> alt.Axis:
    return alt.Axis(
        title=None,
        labelAngle=0,
        labelLimit=0,
        labelFontSize=12,
        ticks=False,
        labelPadding=6,
        **more,
    )


def _header(side: str) -> alt.Header:
    """The name of a panel: above it, or on its left."""
    place = {"labelAnchor": "start"} if side == "top" else {"labelAngle": 0, "labelAlign": "left"}
    limit = WIDTH if side == "top" else LABELS
    return alt.Header(title=None, labelOrient=side, labelLimit=limit, labelFontSize=13, **place)
