"""Word documents, with real headings and table headers.

Pandoc writes them from HTML; how they look is in `reference.docx`, whose styles are edited in Word.
"""

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

import pypandoc

REFERENCE = Path(__file__).parent / "reference.docx"
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DOCUMENT = "word/document.xml"
ROW_HEADERS = (b'w:firstColumn="0"', b'w:firstColumn="1"')


def document(html: str, *, title: str) -> bytes:
    """The document, in British English, with this title. Headings in the HTML begin with `h2`."""
    with TemporaryDirectory() as folder:
        made = Path(folder) / "document.docx"
        pypandoc.convert_text(
            html,
            to="docx",
            format="html",
            outputfile=str(made),
            extra_args=[
                f"--reference-doc={REFERENCE}",
                "--shift-heading-level-by=-1",
                f"--metadata=title:{title}",
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
