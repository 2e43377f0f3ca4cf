"""Charts: drawn as they were made, and nothing in them that acts, loads or clashes."""

import pytest
from django.template import Context, Template

from onestory.kernel.svg import safe_svg

EVIL = """<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
 width="40" height="30" onload="alert(1)" style="background:url(https://example.org/x)">
 <script>alert(2)</script>
 <style>@import url(https://example.org/y);</style>
 <foreignObject><iframe src="https://example.org"/></foreignObject>
 <image href="https://example.org/z.png"/>
 <a xlink:href="javascript:alert(3)"><text x="1" y="2">gone</text></a>
 <defs><clipPath id="clip0"><rect width="40" height="30"/></clipPath></defs>
 <g clip-path="url(#clip0)" onclick="alert(4)">
 <path d="M0,0h40" fill="url(https://example.org/w)" stroke="#12505b"/>
 <text x="3" y="4" aria-label="secret">2015/16 &lt; 2016/17</text></g></svg>"""


def drawn(source=EVIL, prefix="a"):
    return safe_svg(source, title="Cases <1>", description="Rising", prefix=prefix)


def test_nothing_acts_and_nothing_loads():
    html = drawn()
    for forbidden in (
        "alert",
        "example.org",
        "script",
        "style",
        "onload",
        "href",
        "iframe",
        "gone",
    ):
        assert forbidden not in html


def test_what_is_drawn_stays():
    html = drawn()
    assert 'd="M0,0h40"' in html
    assert 'stroke="#12505b"' in html
    assert ">2015/16 &lt; 2016/17</text>" in html
    assert 'viewBox="0 0 40 30"' in html


def test_the_chart_is_named_for_people_who_cannot_see_it():
    html = drawn()
    assert 'role="img"' in html
    assert 'aria-labelledby="a-title a-desc"' in html
    assert '<title id="a-title">Cases &lt;1&gt;</title>' in html
    assert '<desc id="a-desc">Rising</desc>' in html


def test_two_charts_on_a_page_keep_their_ids_apart():
    assert 'id="a-clip0"' in drawn(prefix="a")
    assert 'clip-path="url(#b-clip0)"' in drawn(prefix="b")


@pytest.mark.parametrize(
    "source",
    [
        '<!DOCTYPE svg [<!ENTITY x "y">]><svg xmlns="http://www.w3.org/2000/svg">&x;</svg>',
        '<html xmlns="http://www.w3.org/1999/xhtml"/>',
        "<svg/>",
    ],
)
def test_what_is_no_plain_svg_is_refused(source):
    with pytest.raises(ValueError, match="A chart must"):
        drawn(source)


def test_the_component_puts_the_table_beside_the_drawing_or_behind_a_line():
    source = '{% load pages %}{% chart svg "Cases" toggle=toggle %}<table></table>{% endchart %}'
    beside, behind = (
        Template(source).render(Context({"svg": EVIL, "toggle": toggle}))
        for toggle in (False, True)
    )
    assert beside.startswith("<figure")
    assert beside.index("<svg") < beside.index("<table>")
    assert "<details" not in beside
    assert "<details" in behind
