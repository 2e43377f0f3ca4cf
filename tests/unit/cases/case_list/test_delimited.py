"""Text files, as they come out of spreadsheets and old systems."""

import pytest

from onestory.cases.case_list import Kind
from tests.case_lists import DATA, HEADER, as_csv, read, row, told

CHATEAU = [HEADER, row(area="Château")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_one_list_reads_alike_however_it_was_saved(encoding, delimiter, end):
    rows = [HEADER, row(area="Château"), row(ref="A/2", abuse="Stalking; Domestic abuse")]
    found = read(as_csv(rows, encoding=encoding, delimiter=delimiter, end=end))
    assert told(found) == []
    assert [(r.ref, r.locality, r.abuse, r.line) for r in found.rows] == [
        ("A/1", "chateau", ("stalking",), 2),
        ("A/2", "hill", ("domestic", "stalking"), 3),
    ]


def test_a_byte_order_mark_is_no_part_of_the_first_name():
    assert read(as_csv(CHATEAU, encoding="utf-8-sig")).columns[0] == ("ref", "ref")


def test_the_last_line_may_end_without_an_end():
    assert len(read(as_csv([HEADER, row()]).rstrip()).rows) == 1


def test_blank_lines_and_empty_columns_are_no_rows():
    blank = [""] * 12
    content = as_csv([HEADER + [""] * 3, row() + ["", " ", ""], blank, [], row(ref="A/2"), blank])
    found = read(content)
    assert found.ok
    assert [r.line for r in found.rows] == [2, 5]


def test_a_title_may_stand_above_the_names():
    found = read(DATA / "title-above.csv")
    assert found.ok
    assert [(r.ref, r.line) for r in found.rows] == [("A/1", 5), ("A/2", 6)]


def test_windows_1252_with_semicolons_as_excel_saves_it_abroad():
    found = read(DATA / "semicolons-windows-1252.csv")
    assert found.ok
    assert [r.locality for r in found.rows] == ["chateau", "quay"]


def test_a_row_is_numbered_by_the_line_on_which_it_begins():
    found = read(DATA / "lines-within-values.csv")
    assert [(f.row, f.column) for f in found.faults] == [(2, "area"), (4, "area")]
    assert found.rows[0].line == 5


def test_blanks_may_stand_before_a_quotation_mark():
    content = as_csv([HEADER, row()]).replace(b"Stalking", b' "Stalking; Domestic abuse"')
    assert read(content).rows[0].abuse == ("domestic", "stalking")


def test_a_quotation_mark_out_of_place_spoils_its_row_alone():
    content = as_csv([HEADER, row(), row(ref="A/2"), row(ref="A/3", area="nowhere")])
    found = read(content.replace(b"A/1", b'"A"/1'))
    assert told(found) == [(2, None, "", Kind.QUOTATION), (4, "area", "nowhere", Kind.UNKNOWN_TERM)]
    assert [r.ref for r in found.rows] == ["A/2"]


def test_a_quotation_mark_never_closed_says_how_far_it_reached():
    content = as_csv([HEADER, row(), row(ref="A/2"), row(ref="A/3")])
    [fault] = read(content.replace(b"A/2", b'"A/2')).faults
    assert (fault.row, fault.kind) == (3, Kind.QUOTATION)
    assert "read up to row 4" in fault.expected


def test_a_null_character_is_shown_by_its_row():
    content = as_csv([HEADER, row(), row(ref="A/2")]).replace(b"A/2", b"A\0/2")
    assert told(read(content)) == [(3, None, "", Kind.CHARACTER)]


def test_a_byte_that_means_nothing_is_shown_by_its_row():
    """0x81 is no character of Windows-1252, and alone none of UTF-8."""
    content = as_csv([HEADER, row(), row(ref="A/2")]).replace(b"A/2", b"A\x81/2")
    assert told(read(content)) == [(3, None, "", Kind.CHARACTER)]


def test_a_marked_file_is_not_read_as_anything_else():
    content = b"\xef\xbb\xbf" + as_csv(CHATEAU, encoding="cp1252")
    assert told(read(content)) == [(2, None, "", Kind.CHARACTER)]


def test_a_character_may_lie_across_two_pieces_of_a_long_file():
    filler = [["x" * 1021] for _ in range(10)]
    for shift in range(4):
        content = as_csv([*CHATEAU, *filler], encoding="utf-8")
        content += b"x" * ((1 << 20) - len(content) - shift) + "é€".encode() * 8
        assert Kind.CHARACTER not in read(content).faults.by_kind
        assert read(content + b"\xff\x81").faults.by_kind[Kind.CHARACTER] == 1


def test_text_in_utf_16_is_told_from_rubbish():
    [fault] = read(as_csv([HEADER, row()], encoding="utf-16")).faults
    assert (fault.kind, "UTF-16" in fault.expected) == (Kind.FILE, True)
