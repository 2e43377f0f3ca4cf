"""A report as a Word document, made from the HTML, with described pictures."""

from pathlib import Path
from tempfile import TemporaryDirectory

from onestory.analysis import charts
from onestory.analysis.report import Chart, Report
from onestory.kernel import word
from onestory.reporting.documents import html


def render(report: Report) -> bytes:
    """The whole document, in British English, with a title, headings and described pictures."""
    with TemporaryDirectory() as folder:

        def picture(chart: Chart) -> str:
            file = Path(folder) / f"{chart.name}.png"
            file.write_bytes(charts.png(chart))
            return str(file)

        lines = [*html.head(report), *html.body(report, picture)]
        return word.document("\n".join(lines), title=report.title)
