"""Charts as SVG, safe to put into a page: only shapes and words, and nothing that acts or loads."""

import re
from xml.etree import ElementTree

from django.utils.safestring import SafeString, mark_safe

SVG = "http://www.w3.org/2000/svg"
SHAPES = re.compile(
    "circle|clipPath|defs|ellipse|g|line|linearGradient|path|polygon|polyline|rect|stop|svg|text|tspan"
)
ATTRIBUTES = re.compile(
    "clip-path|cx|cy|d|display|dx|dy|fill|fill-opacity|font-(family|size|style|weight)|gradientUnits|height"
    "|id|offset|opacity|points|r|rx|ry|stop-(color|opacity)|stroke|stroke-(dasharray|dashoffset"
    "|linecap|linejoin|miterlimit|opacity|width)|text-anchor|transform|viewBox|width|[xy][12]?"
)
REFERENCE = re.compile(r"url\(\s*['\"]?#([\w-]+)['\"]?\s*\)")


def safe_svg(source: str, *, title: str, description: str = "", prefix: str) -> SafeString:
    """`source` without anything that is not drawing, named for people who cannot see it.

    `prefix` keeps the ids of several charts on one page apart.
    """
    if "<!DOCTYPE" in source or "<!ENTITY" in source:
        raise ValueError("A chart must not bring definitions of its own.")
    root = ElementTree.fromstring(source)
    if root.tag != f"{{{SVG}}}svg":
        raise ValueError("A chart must be an SVG.")
    _clean(root, prefix)
    _name(root, title, description, prefix)
    ElementTree.register_namespace("", SVG)
    return mark_safe(ElementTree.tostring(root, encoding="unicode"))  # noqa: S308


def _clean(element: ElementTree.Element, prefix: str) -> None:
    for name, value in list(element.attrib.items()):
        if not ATTRIBUTES.fullmatch(name) or (
            "url(" in value.lower() and not REFERENCE.fullmatch(value.strip())
        ):
            del element.attrib[name]
        elif name == "id":
            element.set(name, f"{prefix}-{value}")
        else:
            element.set(name, REFERENCE.sub(rf"url(#{prefix}-\1)", value))
    for child in list(element):
        if not SHAPES.fullmatch(str(child.tag).removeprefix(f"{{{SVG}}}")):
            element.remove(child)
        else:
            _clean(child, prefix)


def _name(root: ElementTree.Element, title: str, description: str, prefix: str) -> None:
    if "viewBox" not in root.attrib and {"width", "height"} <= root.attrib.keys():
        root.set("viewBox", f"0 0 {root.get('width')} {root.get('height')}")
    named = [("title", title)] + ([("desc", description)] if description else [])
    for place, (tag, text) in enumerate(named):
        label = ElementTree.Element(f"{{{SVG}}}{tag}", {"id": f"{prefix}-{tag}"})
        label.text = text
        root.insert(place, label)
    root.set("role", "img")
    root.set("aria-labelledby", " ".join(f"{prefix}-{tag}" for tag, _ in named))
    root.set("class", "os-chart__drawing")
    root.set("focusable", "false")
