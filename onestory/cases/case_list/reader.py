"""From the bytes of a file to rows of cells."""

from collections.abc import Iterable
from pathlib import PurePath

from onestory.cases.case_list.delimited import read_delimited
from onestory.cases.case_list.faults import Kind, Unreadable
from onestory.cases.case_list.raw import HEADER_WITHIN, Score, Table
from onestory.cases.case_list.workbook import read_workbook

LARGEST_FILE = 100 * 1024 * 1024

_OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_KNOWN_TO_BE_OTHERS = {b"%PDF": "PDF", b"{\\rtf": "rich text", b"\x1f\x8b": "compressed"}
_OTHER_SPREADSHEETS = {".ods", ".numbers", ".xlsb", ".fods"}


def read_table(
    content: bytes,
    filename: str,
    *,
    encodings: Iterable[str],
    delimiters: Iterable[str],
    score: Score,
    names: Iterable[str],
) -> Table:
    """Find the table in a file, by what the file holds rather than by what it is called.

    `score` tells how many columns of a case list a row names; `names` are those columns.
    Raises `Unreadable`, also while the rows are taken from the table.
    """
    _refuse(content, filename)
    if content.startswith(b"PK"):
        table = read_workbook(content, score)
    else:
        table = read_delimited(content, encodings, delimiters, score)
    if table is None:
        raise Unreadable(
            Kind.NO_HEADER,
            f"a row with the column names among the first {HEADER_WITHIN}: {', '.join(names)}",
        )
    return table


def refuse_size(size: int) -> None:
    """Raise `Unreadable` for a file too large to be taken in."""
    if size > LARGEST_FILE:
        raise Unreadable(Kind.FILE, f"a file of up to {LARGEST_FILE // 1024**2} MB")


def _refuse(content: bytes, filename: str) -> None:
    refuse_size(len(content))
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
