"""Reads a case list kept as text: CSV, whatever its encoding, line ends and separator."""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator

from onestory.cases.case_list.faults import Kind, Problem, Unreadable
from onestory.cases.case_list.raw import RawRow, Score, Table, below, find_header

CHUNK = 1 << 20
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
SAVE_AS = "save it as 'CSV UTF-8' or as an Excel workbook (.xlsx)"


def read_delimited(
    content: bytes, encodings: Iterable[str], delimiters: Iterable[str], score: Score
) -> Table | None:
    """The table in the file; nothing if none of its first rows names a column."""
    encoding = find_encoding(content, encodings)
    best = None
    # A table pasted out of a spreadsheet has tabs: there is nothing else that they could mean.
    for delimiter in dict.fromkeys((*delimiters, "\t")):
        header = find_header(records(content, encoding, delimiter), score)
        if header and (best is None or header.score > best[0].score):
            best = header, delimiter
    if best is None:
        return None
    header, delimiter = best
    rows = below(header.row, records(content, encoding, delimiter))
    return Table(header.row, rows, _line(content, len(content)))


def find_encoding(content: bytes, encodings: Iterable[str]) -> str:
    """The first of the encodings in which every byte of the file means something."""
    if content.startswith(UTF_16):
        raise Unreadable(Kind.FILE, f"text in UTF-8 or Windows-1252, but this is UTF-16; {SAVE_AS}")
    nul = content.find(0)
    if nul >= 0:
        raise Unreadable(
            Kind.CHARACTER,
            f"text, but there is a null character; if this is a spreadsheet, {SAVE_AS}",
            _line(content, nul),
        )
    # A byte-order mark settles it: read as anything else, the mark would become three letters.
    marked = content.startswith(codecs.BOM_UTF8)
    furthest = 0
    for encoding in ["utf-8-sig"] if marked else encodings:
        stopped = _undecodable(content, encoding)
        if stopped is None:
            return encoding
        furthest = max(furthest, stopped)
    raise Unreadable(
        Kind.CHARACTER,
        f"text in {'UTF-8' if marked else 'UTF-8 or Windows-1252'}; {SAVE_AS}",
        _line(content, furthest),
    )


def records(content: bytes, encoding: str, delimiter: str) -> Iterator[RawRow]:
    """Every record with the line that it starts on; one broken does not hide those after it."""
    text = io.TextIOWrapper(io.BytesIO(content), encoding=encoding, newline="")
    reader = csv.reader(text, delimiter=delimiter, skipinitialspace=True, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            yield RawRow(line, next(reader))
        except StopIteration:
            return
        except csv.Error:
            until = f" (read up to row {reader.line_num})" if reader.line_num > line else ""
            yield RawRow(line, (), _QUOTATION._replace(expected=_QUOTATION.expected + until))


_QUOTATION = Problem(
    Kind.QUOTATION,
    "quotation marks in pairs around a whole value, and one within a value written twice",
)


def _undecodable(content: bytes, encoding: str) -> int | None:
    """Where the first byte stands that the encoding does not know; in pieces, to spare memory."""
    decoder = codecs.getincrementaldecoder(encoding)()
    for start in range(0, len(content), CHUNK):
        held = len(decoder.getstate()[0])
        try:
            decoder.decode(content[start : start + CHUNK], final=start + CHUNK >= len(content))
        except UnicodeDecodeError as error:
            return start - held + error.start
    return None


def _line(content: bytes, position: int) -> int:
    """The line that a byte stands on; old Macintosh files end theirs with a carriage return."""
    return 1 + max(content.count(b"\n", 0, position), content.count(b"\r", 0, position))
