"""Pictures of tables, drawn without a browser: each a Vega-Lite specification made by Altair.

They are read by people who see no colour and in copies without any, so nothing hangs on colour:
every bar stands beside its label and bears its number, every line its name at its end.

| kind | rows of its table | columns |
| --- | --- | --- |
| `bars` | what is compared | one bar each, the last darkest |
| `months` | the months | a panel each |
| `lines` | points in time | a line each, in a band where cells have an interval; `reference`, a target |
| `trajectory` | points in time | what was planned, what came |
| `tornado` | assumptions | the result with the low and with the high one; `reference` without |
| `funnel` | stages, one after another | how many reached each |
| `limits` | places | how many, of how many; `reference` is the share expected of all |
"""

import vl_convert

from onestory.analysis.charts import bars, limits, lines
from onestory.analysis.charts.look import FONT, INK
from onestory.analysis.charts.words import alt
from onestory.analysis.report import Chart

__all__ = ["KINDS", "alt", "png", "specification", "svg"]

PRINT_SCALE = 2.5
KINDS = {
    "bars": bars.bars,
    "months": bars.months,
    "tornado": bars.tornado,
    "funnel": bars.funnel,
    "lines": lines.lines,
    "trajectory": lines.trajectory,
    "limits": limits.limits,
}


def specification(chart: Chart) -> dict:
    """The chart as a Vega-Lite specification, its figures inside."""
    return (
        KINDS[chart.kind](chart)
        .properties(background="white", padding=4)
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
