"""What is no case list is refused before anything is made of it."""

import io
import zipfile

import pytest

from onestory.cases.case_list import Kind, raw, reader, workbook
from tests.case_lists import HEADER, as_csv, as_xlsx, read, row, told

OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")


def zipped(names) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "filename", "says"),
    [
        (b"", "cases.csv", "the file is empty"),
        (b" \r\n\r\n ", "cases.csv", "the file is empty"),
        (OLD_OFFICE + b"\0" * 600, "cases.xls", "older .xls"),
        (OLD_OFFICE + "EncryptedPackage".encode("utf-16-le"), "cases.xlsx", "without a password"),
        (b"%PDF-1.7 ...", "cases.pdf", "this is PDF"),
        (b"PK\x03\x04 and then nothing", "cases.xlsx", "damaged"),
        (zipped(["mimetype", "content.xml"]), "cases.ods", "saved as .xlsx"),
        (zipped(["word/document.xml"]), "cases.xlsx", "saved as .xlsx"),
        (zipped(["[Content_Types].xml", "xl/workbook.bin"]), "cases.xlsb", "saved as .xlsx"),
        (zipped(["[Content_Types].xml"]), "cases.xlsx", "damaged"),
    ],
)
def test_it_says_what_the_file_should_have_been(content, filename, says):
    [fault] = read(content, filename=filename).faults
    assert (fault.row, fault.column, fault.kind) == (None, None, Kind.FILE)
    assert says in fault.expected


def test_rubbish_is_told_by_its_null_characters():
    assert read(bytes(range(256)) * 20).faults.by_kind == {Kind.CHARACTER: 1}


def test_a_file_without_the_names_of_columns_is_told_which_there_are():
    [fault] = read(as_csv([row(), row(ref="A/2")])).faults
    assert fault.kind == Kind.NO_HEADER
    assert fault.expected.endswith(": " + ", ".join(HEADER))


def test_one_name_alone_is_not_a_header():
    assert read(b"Area\nHill\nQuay\n").faults.by_kind == {Kind.NO_HEADER: 1}


def test_a_header_alone_is_a_list_without_cases():
    assert told(read(as_csv([HEADER]))) == [(1, None, "", Kind.NO_ROWS)]


def test_the_type_is_seen_in_the_file_not_in_its_name():
    assert read(as_csv([HEADER, row()]), filename="cases.xlsx").ok
    assert read(as_xlsx([HEADER, row()]), filename="cases.csv").ok


def test_a_file_too_large_is_not_even_read(tmp_path, monkeypatch):
    monkeypatch.setattr(reader, "LARGEST_FILE", 1024**2)
    large = tmp_path / "large.csv"
    large.write_bytes(b"x" * (1024**2 + 1))
    for source in (large, large.read_bytes()):
        [fault] = read(source).faults
        assert (fault.kind, fault.expected) == (Kind.FILE, "a file of up to 1 MB")


@pytest.mark.parametrize("write", [as_csv, as_xlsx])
def test_a_list_too_long_stops_at_the_first_row_too_many(monkeypatch, write):
    monkeypatch.setattr(raw, "MOST_ROWS", 3)
    rows = [row(ref=f"A/{number}") for number in range(5)]
    assert read(write([HEADER, *rows[:3]])).ok
    found = read(write([HEADER, *rows]))
    assert told(found) == [(5, None, "", Kind.TOO_MANY_ROWS)]


def test_a_workbook_is_not_unpacked_beyond_its_limit(monkeypatch):
    bomb = io.BytesIO(as_xlsx([HEADER, row()]))
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/large.bin", b"\0" * (2 * 1024**2))
    monkeypatch.setattr(workbook, "LARGEST_UNPACKED", 1024**2)
    monkeypatch.setattr(workbook, "load_workbook", lambda *_, **__: pytest.fail("unpacked"))
    [fault] = read(bomb.getvalue()).faults
    assert "up to 1 MB when unpacked" in fault.expected


def test_a_list_that_ends_beyond_the_last_row_of_a_sheet_is_too_long(monkeypatch):
    monkeypatch.setattr(raw, "LAST_LINE", 10)
    content = as_csv([HEADER, row(), *[[]] * 20])
    assert told(read(content)) == [(11, None, "", Kind.TOO_MANY_ROWS)]


def test_names_far_to_the_right_are_not_looked_for(monkeypatch):
    monkeypatch.setattr(raw, "MOST_COLUMNS", 12)
    assert read(as_csv([[""] * 12 + HEADER, [""] * 12 + row()])).faults.by_kind == {
        Kind.NO_HEADER: 1
    }
