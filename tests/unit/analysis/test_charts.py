"""Charts that can be read by everybody, in every copy."""

from datetime import date, datetime
from xml.etree import ElementTree

import pytest

from onestory.analysis import charts
from onestory.analysis.performance import report
from tests.housing_safeguarding import SETTINGS, cases

SVG = "{http://www.w3.org/2000/svg}"
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(scope="module")
def drawn():
    made = report(
        cases(), SETTINGS, date(2015, 4, 1), date(2018, 3, 31), made_at=datetime(2018, 6, 1)
    )
    return {chart.name: chart for chart in made.charts}


def letters(svg: str) -> list[str]:
    return [text.text for text in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_there_is_a_chart_for_each_breakdown(drawn):
    assert list(drawn) == ["month", "area", "group", "category"]


@pytest.mark.parametrize("name", ["month", "area"])
def test_every_bar_bears_its_number_and_stands_beside_its_labels(drawn, name):
    chart = drawn[name]
    written = letters(charts.svg(chart))
    for label, cells in chart.table.lines[:-1]:
        assert (label[:3] if name == "month" else label) in written
        for cell in cells:
            assert cell.text in written
    assert set(chart.table.columns) <= set(written)


def test_charts_load_nothing_from_elsewhere(drawn):
    svg = charts.svg(drawn["group"])
    assert "<image" not in svg and "<script" not in svg and "href" not in svg


def test_png_is_fine_enough_to_print(drawn):
    png = charts.png(drawn["category"])
    assert png.startswith(PNG)
    assert int.from_bytes(png[16:20], "big") > 1200


def test_part_years_are_short_on_bars_and_whole_on_panels():
    made = report(
        cases(), SETTINGS, date(2015, 7, 1), date(2017, 3, 31), made_at=datetime(2018, 6, 1)
    )
    month, area = made.charts[:2]
    assert "2015/16 (from 1 July 2015)" in letters(charts.svg(month))
    assert "2015/16 (part)" in letters(charts.svg(area))


def test_words_say_what_the_chart_shows(drawn):
    assert "highest in June 2016" in drawn["month"].alt
    assert "Grays: 73, 84 and 82." in drawn["area"].alt
