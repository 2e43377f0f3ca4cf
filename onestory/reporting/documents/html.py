"""A report as one HTML file that needs nothing else: also what the Word document is made from."""

from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator
from html import escape
from pathlib import Path

from onestory.analysis import charts
from onestory.analysis.report import Chart, Report, Section, Table

STYLE = (Path(__file__).parent / "report.css").read_text(encoding="utf-8")


def render(report: Report) -> bytes:
    """The whole page, its style and pictures inside."""
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="en-GB">',
            '<head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(report.title)}</title>",
            f"<style>{STYLE}</style></head>",
            "<body><main>",
            f"<h1>{escape(report.title)}</h1>",
            *head(report),
            *body(report, svg),
            "</main></body></html>",
        ]
    ).encode()


def head(report: Report) -> Iterator[str]:
    """What stands beneath the title: whose it is, of what time, and the warning."""
    yield from _styled("Subtitle", report.subtitle)
    if report.warning:
        yield from _styled("Warning", [report.warning])


def body(report: Report, picture: Callable[[Chart], str]) -> Iterator[str]:
    """The sections; `picture` gives the address of a chart's image."""
    for section in report.sections:
        yield f'<section id="{section.key}">'
        yield f"<h2>{escape(section.title)}</h2>"
        yield from _paragraphs(section.paragraphs)
        yield from _comment(section)
        for table, chart in section.figures:
            if chart:
                yield from _figure(chart, picture)
            yield from _table(table)
        yield from _styled("Note", section.notes)
        yield "</section>"


def svg(chart: Chart) -> str:
    """A chart in lines and letters, inside the page."""
    return f"data:image/svg+xml;base64,{b64encode(charts.svg(chart).encode()).decode()}"


def _paragraphs(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield f"<p>{escape(text)}</p>"


def _styled(style: str, texts: Iterable[str]) -> Iterator[str]:
    """Paragraphs of a style known to the style sheet and, by the same name, to Word."""
    for text in texts:
        yield f'<div class="{style.lower()}" data-custom-style="{style}"><p>{escape(text)}</p></div>'


def _comment(section: Section) -> Iterator[str]:
    if section.comment:
        yield "<blockquote><p><strong>From the authors</strong></p>"
        yield from _paragraphs(section.comment.splitlines())
        yield "</blockquote>"


def _figure(chart: Chart, picture: Callable[[Chart], str]) -> Iterator[str]:
    yield f'<figure><img src="{picture(chart)}" alt="{escape(chart.alt)}" width="100%">'
    yield f"<figcaption>Chart: {escape(chart.title)}</figcaption></figure>"


def _table(table: Table) -> Iterator[str]:
    yield f'<table id="table-{table.name}"><caption>{escape(table.title)}</caption>'
    yield "<colgroup>" + "<col>" * (len(table.columns) + 1) + "</colgroup>"
    yield f'<thead><tr><th scope="col">{escape(table.corner)}</th>'
    for column in table.columns:
        yield f'<th scope="col" class="number" style="text-align: right">{escape(column)}</th>'
    yield "</tr></thead><tbody>"
    for label, cells in table.lines:
        strong = "<strong>{}</strong>" if label == "Total" else "{}"
        yield f'<tr><th scope="row">{strong.format(escape(label))}</th>'
        for cell in cells:
            yield f'<td class="number" style="text-align: right">{strong.format(cell.text)}</td>'
        yield "</tr>"
    yield "</tbody></table>"
    yield from _styled("Note", [table.about])
