"""A report as a Word document, with real headings and table headers.

Pandoc writes it from the HTML; how it looks is in `reference.docx`, whose styles are edited in Word.
"""

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

import pypandoc

from onestory.analysis import charts
from onestory.analysis.report import Chart, Report
from onestory.reporting.documents import html

REFERENCE = Path(__file__).parent / "reference.docx"
DOCUMENT = "word/document.xml"
ROW_HEADERS = (b'w:firstColumn="0"', b'w:firstColumn="1"')


def render(report: Report) -> bytes:
    """The whole document, in British English, with a title, headings and described pictures."""
    with TemporaryDirectory() as folder:

        def picture(chart: Chart) -> str:
            file = Path(folder) / f"{chart.name}.png"
            file.write_bytes(charts.png(chart))
            return str(file)

        made = Path(folder) / "report.docx"
        pypandoc.convert_text(
            "\n".join([*html.head(report), *html.body(report, picture)]),
            to="docx",
            format="html",
            outputfile=str(made),
            extra_args=[
                f"--reference-doc={REFERENCE}",
                "--shift-heading-level-by=-1",
                f"--metadata=title:{report.title}",
                "--metadata=lang:en-GB",
            ],
        )
        return _with_row_headers(made.read_bytes())


def _with_row_headers(document: bytes) -> bytes:
    """Say of every table that its first column names its rows: Pandoc says it only of the row."""
    file = BytesIO()
    with ZipFile(BytesIO(document)) as old, ZipFile(file, "w", ZIP_DEFLATED) as new:
        for item in old.infolist():
            content = old.read(item)
            new.writestr(
                item, content.replace(*ROW_HEADERS) if item.filename == DOCUMENT else content
            )
    return file.getvalue()
