"""What all charts share: letters, sizes, colours, and the cells of a table as data."""

from collections.abc import Iterator
from textwrap import wrap

import altair as alt

from onestory.analysis.report import Cell, Chart

FONT = "Arial, Helvetica, sans-serif"
INK = "#0b0c0c"
GREY = "#505a5f"
BAR = "#12436d"
EARLIER = "#6f8fae"
PALE = "#dbe3ec"
# Told apart with every kind of colour blindness; each also has dashes and a mark of its own.
SERIES = (BAR, "#a8480b", "#28807a", "#801650", "#3d3d3d", "#6f57b0")
DASHES = ([1, 0], [7, 3], [2, 2], [10, 3, 2, 3], [4, 4], [1, 3])
MARKS = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")
WIDTH = 560
LABELS = 190
# A longer name of a row makes the whole chart wider; only one longer than this is cut off.
LONGEST_LABEL = 290
LETTERS = 30
WRAPPED = "split(datum.label, '\\n')"


def body(chart: Chart) -> list[tuple[str, tuple[Cell, ...]]]:
    """The lines of its table that are drawn: all but the total."""
    return [line for line in chart.table.lines if line[0] != "Total"]


def by_reach(chart: Chart) -> list[tuple[str, tuple[Cell, ...]]]:
    """The lines of a tornado, what moves the result most first; those that are known."""
    if len(chart.table.columns) != 2:
        raise ValueError(f"{chart.title}: a tornado has two columns, low and high.")
    known = [pair for pair in body(chart) if all(cell.value is not None for cell in pair[1])]
    return sorted(known, key=lambda pair: -abs(pair[1][1].value - pair[1][0].value))


def cells(chart: Chart) -> Iterator[dict]:
    """Each figure drawn, with its words. What is hidden has no length, and bears its asterisk."""
    for label, line in body(chart):
        for column, cell in zip(chart.table.columns, line, strict=True):
            if cell.value is not None or cell.suppressed:
                yield {
                    "row": label,
                    "column": column,
                    "value": float(cell.value or 0),
                    "text": cell.text,
                }


def data(chart: Chart) -> alt.InlineData:
    return alt.InlineData(list(cells(chart)))


def wrapped(label: str) -> str:
    """A long label on several lines; `WRAPPED` is how an axis reads it."""
    return "\n".join(wrap(label, LETTERS)) or label


def number(size: int = 12, **where) -> dict:
    """How a number beside a mark is written."""
    return {"color": INK, "font": FONT, "fontSize": size, **where}


def axis(**more) -> alt.Axis:
    """An axis of words, without ticks."""
    return alt.Axis(
        title=None,
        labelAngle=0,
        labelLimit=0,
        labelFontSize=12,
        ticks=False,
        labelPadding=6,
        **more,
    )


def header(side: str) -> alt.Header:
    """The name of a panel: above it, or on its left."""
    place = {"labelAnchor": "start"} if side == "top" else {"labelAngle": 0, "labelAlign": "left"}
    limit = WIDTH if side == "top" else LONGEST_LABEL
    return alt.Header(title=None, labelOrient=side, labelLimit=limit, labelFontSize=13, **place)
