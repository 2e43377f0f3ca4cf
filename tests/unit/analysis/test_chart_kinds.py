"""Every kind of chart: what is drawn of a table, and what is said of it."""

from decimal import Decimal

import pytest

from onestory.analysis import charts
from onestory.analysis.report import Cell, Chart, Table
from tests.unit.analysis.test_charts import letters

HIDDEN = Cell(None, suppressed=True)


def chart(kind: str, columns, lines: dict, title="Contacts in time", **more) -> Chart:
    cells = tuple(
        tuple(cell if isinstance(cell, Cell) else Cell(cell) for cell in line)
        for line in lines.values()
    )
    table = Table("t", title, "Row", tuple(columns), tuple(lines), cells, "", "", "")
    return Chart("t", title, kind, "", table, **more)


def share(value: int, low: float, high: float) -> Cell:
    return Cell(value, "percent", low=low, high=high)


LINES = chart(
    "lines",
    ["Our team", "All teams"],
    {
        "2023/24": [share(60, 52, 68), share(70, 67, 73)],
        "2024/25": [share(72, 64, 80), share(71, 68, 74)],
    },
)
TRAJECTORY = chart(
    "trajectory",
    ["Planned", "Actual"],
    {
        "April": [Cell(20_000, "pounds"), Cell(22_000, "pounds")],
        "May": [Cell(25_000, "pounds"), Cell(29_500, "pounds")],
        "June": [Cell(30_000, "pounds"), Cell(None)],
    },
    title="Spend",
)
TORNADO = chart(
    "tornado",
    ["Low", "High"],
    {"Population": [3600, 3700], "Prevalence, women": [3100, 4200]},
    title="Expected survivors",
    reference=3650,
    reference_label="3,650 as assumed",
)
FUNNEL = chart(
    "funnel",
    ["People"],
    {"Invited": [10_000], "Answered": [5200], "Scanned": [1400], "Referred": [HIDDEN]},
    title="Lung checks",
)
LIMITS = chart(
    "limits",
    ["In time", "Contacts"],
    {"North": [54, 90], "South": [170, 200], "East": [110, 200], "West": [120, 200]},
    reference=0.6,
)
BARS = chart("bars", ["2023/24", "2024/25"], {"North": [40, HIDDEN], "South": [0, 15]})
MONTHS = chart("months", ["2024/25"], {"April": [10], "May": [HIDDEN], "June": [25], "July": [25]})
ALL = [LINES, TRAJECTORY, TORNADO, FUNNEL, LIMITS, BARS, MONTHS]


def drawn(one: Chart, layer: int) -> list[dict]:
    """The figures of one layer of a chart."""
    made = charts.specification(one)
    return made["datasets"][made["layer"][layer]["data"]["name"]]


def test_every_kind_is_tried_here():
    assert {one.kind for one in ALL} == set(charts.KINDS)


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.kind)
def test_every_kind_is_drawn_as_svg_and_png_and_loads_nothing(one):
    svg = charts.svg(one)
    assert "<image" not in svg and "<script" not in svg and "href" not in svg
    assert charts.png(one).startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("one", "written"),
    [
        (LINES, {"Our team: 72%", "All teams: 71%", "2023/24", "2024/25"}),
        (TRAJECTORY, {"Planned: £30,000", "Actual: £29,500"}),
        (TORNADO, {"Prevalence, women", "3,100", "4,200", "3,650 as assumed", "Low", "High"}),
        (FUNNEL, {"10,000", "5,200, 52% of those before", "1,400, 27% of those before", "*"}),
        (LIMITS, {"South", "Contacts"}),
        (BARS, {"40", "*", "0", "15", "North", "South"}),
        (MONTHS, {"Apr", "May", "10", "*", "25"}),
    ],
    ids=lambda it: it.kind if isinstance(it, Chart) else "",
)
def test_what_is_written_on_it(one, written):
    assert written <= set(letters(charts.svg(one)))


def test_only_what_lies_outside_the_limits_is_named():
    assert not {"North", "East", "West"} & set(letters(charts.svg(LIMITS)))


def test_lines_differ_without_colour():
    """By dashes, and by a mark of their own."""
    layers = charts.specification(LINES)["layer"]
    dashes = next(
        one["encoding"]["strokeDash"] for one in layers if "strokeDash" in one["encoding"]
    )
    shapes = next(one["encoding"]["shape"] for one in layers if "shape" in one["encoding"])
    for found in (dashes, shapes):
        ranged = [str(one) for one in found["scale"]["range"]]
        assert len(set(ranged)) == len(ranged) == 2


def test_names_at_the_ends_of_lines_do_not_touch():
    close = chart("lines", ["A", "B", "C"], {"2023": [50, 50, 50], "2024": [50, 51, 50]})
    names = drawn(close, -1)
    heights = sorted(name["at"] for name in names)
    assert all(above - below > 2.5 for below, above in zip(heights, heights[1:], strict=False))


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (
            LINES,
            (
                "Line chart of contacts in time, from 2023/24 to 2024/25. Our team: 60% in 2023/24, 72%"
                " in 2024/25; from 60% to 72%, highest in 2024/25. The interval in 2024/25 goes from"
                " 64.0 to 80.0. All teams: 70% in 2023/24, 71% in 2024/25; from 70% to 71%, highest in"
                " 2024/25. The interval in 2024/25 goes from 68.0 to 74.0."
            ),
        ),
        (
            TRAJECTORY,
            (
                "Line chart of spend, planned and actual. Planned: £20,000 in April, £30,000 in June."
                " Actual: £29,500 in May, £4,500 above plan."
            ),
        ),
        (
            TORNADO,
            (
                "Tornado chart of expected survivors, what moves the result most on top. 3,650 as"
                " assumed. Prevalence, women: 3,100 (low) to 4,200 (high). Population: 3,600 (low) to"
                " 3,700 (high)."
            ),
        ),
        (
            FUNNEL,
            (
                "Funnel of lung checks. Invited: 10,000. Answered: 5,200, 52% of those before. Scanned:"
                " 1,400, 27% of those before. Referred: *. Some figures are hidden because they are"
                " small."
            ),
        ),
        (
            LIMITS,
            (
                "Funnel plot of contacts in time: 4 places, around 60.0%. Above the limits of chance:"
                " South (85%)."
            ),
        ),
        (
            BARS,
            (
                "Bar chart of contacts in time, in 2023/24 and 2024/25. North: 40 and *. South: 0 and"
                " 15. Some figures are hidden because they are small."
            ),
        ),
        (
            MONTHS,
            (
                "Bar chart of contacts in time, one panel for each year. 2024/25: from 10 to 25,"
                " highest in June and July. Some figures are hidden because they are small."
            ),
        ),
    ],
    ids=lambda it: it.kind if isinstance(it, Chart) else "",
)
def test_what_is_said_of_it(one, said):
    assert charts.alt(one) == said


def test_decimals_are_said_as_they_are_printed():
    one = chart("lines", ["A"], {"2023": [Cell(Decimal("1.7"))], "2024": [Cell(Decimal("1.7"))]})
    assert "1.7 throughout" in charts.alt(one)


def test_what_is_hidden_or_missing_breaks_a_line():
    one = chart(
        "lines", ["A"], {"2022": [10], "2023": [HIDDEN], "2024": [Cell(None)], "2025": [12]}
    )
    values = [point["value"] for point in drawn(one, 0)]
    assert values == [10, None, None, 12]
    assert charts.alt(one).startswith("Line chart of contacts in time, from 2022 to 2025. A: 10")


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (chart("lines", "ABCDEFG", {"2023": [1] * 7}), "7 lines in one chart cannot be told apart"),
        (chart("trajectory", "A", {"2023": [1]}), "a trajectory has two columns"),
        (chart("tornado", "A", {"Population": [1]}), "a tornado has two columns"),
        (chart("limits", "A", {"North": [1]}), "a funnel plot has two columns"),
        (chart("limits", "AB", {"North": [HIDDEN, HIDDEN]}), "there is no place to draw"),
    ],
)
def test_a_table_that_does_not_fit_its_chart_is_named(one, said):
    with pytest.raises(ValueError, match=f"Contacts in time: {said}"):
        charts.svg(one)
