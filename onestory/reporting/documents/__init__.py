"""A report as files: each module has one `render(report) -> bytes`, all with the same numbers."""

from collections.abc import Callable
from typing import NamedTuple

from onestory.analysis.report import Report
from onestory.kernel import word
from onestory.reporting.documents import docx, html, long_csv, ods, pdf


class Format(NamedTuple):
    """How a kind of file is made, and what browsers call it."""

    render: Callable[[Report], bytes]
    media_type: str


FORMATS = {
    "html": Format(html.render, "text/html; charset=utf-8"),
    "pdf": Format(pdf.render, "application/pdf"),
    "docx": Format(docx.render, word.CONTENT_TYPE),
    "ods": Format(ods.render, "application/vnd.oasis.opendocument.spreadsheet"),
    "csv": Format(long_csv.render, "text/csv; charset=utf-8"),
}
