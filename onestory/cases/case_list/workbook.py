"""Reads a case list kept in an Excel workbook."""

import io
import warnings
import zipfile
from collections.abc import Iterator
from datetime import datetime

from openpyxl import load_workbook
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from onestory.cases.case_list.faults import Kind, Unreadable
from onestory.cases.case_list.raw import LAST_LINE, Cell, RawRow, Score, Table, below, find_header

LARGEST_UNPACKED = 256 * 1024 * 1024
MOST_SHEETS = 100

# It says on standard error which parts of a workbook it leaves out: none that a list needs.
warnings.filterwarnings("ignore", module=r"openpyxl\.")


def read_workbook(content: bytes, score: Score) -> Table | None:
    """The first visible sheet that names columns; nothing if none does."""
    _refuse_what_is_no_workbook(content)
    book = _open(content)
    found = []
    for sheet in book.worksheets[:MOST_SHEETS]:
        if sheet.sheet_state == "visible":
            # The size that a workbook states of itself is often wrong, and nothing needs it.
            stated = sheet.max_row
            sheet.reset_dimensions()
            header = find_header(_rows(sheet), score)
            if header:
                found.append((sheet, header.row, stated))
    if not found:
        return None
    (sheet, header, stated), *others = found
    return Table(
        header=header,
        rows=below(header, _rows(sheet)),
        total=stated or header.line,
        epoch=book.epoch.date(),
        notes=_notes(sheet, [other for other, *_ in others]),
    )


def _notes(read: ReadOnlyWorksheet, others: list[ReadOnlyWorksheet]) -> tuple[str, ...]:
    """What to say where a list may go on in a second sheet: leaving it out must not be silent."""
    if not others:
        return ()
    names = ", ".join(f"'{sheet.title}'" for sheet in others)
    return (f"Only the sheet '{read.title}' was read. Also with column names, not read: {names}.",)


def _refuse_what_is_no_workbook(content: bytes) -> None:
    """Look at the outside of the file first: nothing is unpacked before its size is known."""
    try:
        entries = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise Unreadable(Kind.FILE, _WHOLE) from None
    names = {entry.filename for entry in entries}
    if "[Content_Types].xml" not in names or "xl/workbook.bin" in names:
        raise Unreadable(Kind.FILE, "an Excel workbook saved as .xlsx, or CSV")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable(Kind.FILE, "a workbook without a password")
    if sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
        limit = LARGEST_UNPACKED // 1024**2
        raise Unreadable(
            Kind.FILE,
            f"a workbook of up to {limit} MB when unpacked; copy the list alone into a new one",
        )


def _open(content: bytes):
    try:
        return load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    except Exception:
        # A damaged workbook fails in as many ways as there are parts in it, none of them ours.
        raise Unreadable(Kind.FILE, _WHOLE) from None


def _rows(sheet: ReadOnlyWorksheet) -> Iterator[RawRow]:
    rows = iter(sheet.iter_rows(max_row=LAST_LINE, values_only=True))
    line = 0
    while True:
        line += 1
        try:
            values = next(rows)
        except StopIteration:
            return
        except Exception:
            raise Unreadable(Kind.FILE, _WHOLE, line) from None
        yield RawRow(line, [_cell(value) for value in values])


def _cell(value: object) -> Cell:
    """The cell as somebody sees it who reads the sheet, save that a date stays a date."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


_WHOLE = "a whole Excel workbook, but this one is damaged; open it in Excel and save it again"
