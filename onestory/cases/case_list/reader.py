"""From the bytes of a file to rows of cells."""

from pathlib import Path, PurePath

from onestory.agencies.area import CaseList
from onestory.cases.case_list.columns import Columns
from onestory.cases.case_list.delimited import read_delimited
from onestory.cases.case_list.faults import Kind, Unreadable
from onestory.cases.case_list.raw import HEADER_WITHIN, Table
from onestory.cases.case_list.workbook import read_workbook

LARGEST_FILE = 100 * 1024 * 1024

_OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_KNOWN_TO_BE_OTHERS = {b"%PDF": "PDF", b"{\\rtf": "rich text", b"\x1f\x8b": "compressed"}
_OTHER_SPREADSHEETS = {".ods", ".numbers", ".xlsb", ".fods"}


def read_content(source: bytes | Path) -> bytes:
    """The bytes of a file, unless there are too many of them to be taken in."""
    size = source.stat().st_size if isinstance(source, Path) else len(source)
    if size > LARGEST_FILE:
        raise Unreadable(Kind.FILE, f"a file of up to {LARGEST_FILE // 1024**2} MB")
    return source.read_bytes() if isinstance(source, Path) else source


def read_table(content: bytes, filename: str, expected: CaseList, columns: Columns) -> Table:
    """Find the table in a file, by what the file holds rather than by what it is called.

    Raises `Unreadable`, also while the rows are taken from the table.
    """
    _refuse(content, filename)
    if content.startswith(b"PK"):
        table = read_workbook(content, columns.score)
    else:
        table = read_delimited(content, expected.encodings, expected.delimiters, columns.score)
    if table is None:
        raise Unreadable(
            Kind.NO_HEADER,
            f"a row with the column names among the first {HEADER_WITHIN}: "
            + ", ".join(columns.names),
        )
    return table


def _refuse(content: bytes, filename: str) -> None:
    if not content.strip():
        raise Unreadable(Kind.FILE, "a list of cases, but the file is empty")
    if content.startswith(_OLD_OFFICE):
        if _ENCRYPTED in content:
            raise Unreadable(Kind.FILE, "a workbook without a password")
        raise Unreadable(
            Kind.FILE, "an Excel workbook saved as .xlsx (this is the older .xls), or CSV"
        )
    if PurePath(filename).suffix.lower() in _OTHER_SPREADSHEETS:
        raise Unreadable(Kind.FILE, "an Excel workbook saved as .xlsx, or CSV")
    for start, called in _KNOWN_TO_BE_OTHERS.items():
        if content.startswith(start):
            raise Unreadable(Kind.FILE, f"an Excel workbook (.xlsx) or CSV, but this is {called}")
