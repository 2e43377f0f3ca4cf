"""Excel workbooks, as people keep lists in them."""

import io
import re
import zipfile
from datetime import date, datetime, time

import pytest

from onestory.cases.case_list import Kind
from tests.case_lists import HEADER, as_csv, as_xlsx, in_excel, read, row, told

SERIAL = (date(2015, 4, 7) - date(1899, 12, 30)).days


def patched(content: bytes, part: str, change) -> bytes:
    """The workbook with one of its parts rewritten, for what openpyxl does not write."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, change(text.decode()) if name == part else text)
    return out.getvalue()


def test_a_workbook_and_a_text_file_of_the_same_list_read_alike():
    rows = [row(), row(ref="A/2", closed=""), row(ref="A/3", area="Château", abuse="DA; Stalking")]
    from_text = read(as_csv([HEADER, *rows]))
    from_excel = read(as_xlsx([HEADER, *map(in_excel, rows)]))
    assert from_text.ok
    assert from_excel.rows == from_text.rows
    assert [r.digest for r in from_excel.rows] == [r.digest for r in from_text.rows]


@pytest.mark.parametrize(
    "opened",
    [
        date(2015, 4, 7),
        datetime(2015, 4, 7, 23, 59),
        SERIAL,
        SERIAL + 0.5,
        str(SERIAL),
        "07/04/2015",
        "7 April 2015",
    ],
)
def test_dates_may_be_dates_numbers_or_text(opened):
    assert read(as_xlsx([HEADER, row(opened=opened)])).rows[0].opened == date(2015, 4, 7)


def test_days_counted_from_1904_as_old_macintosh_workbooks_do():
    content = as_xlsx([HEADER, row(opened=SERIAL - 1462)])
    content = patched(
        content,
        "xl/workbook.xml",
        lambda xml: xml.replace("<workbookPr/>", '<workbookPr date1904="1"/>'),
    )
    assert read(content).rows[0].opened == date(2015, 4, 7)


def test_a_number_is_no_date_in_a_text_file():
    assert told(read(as_csv([HEADER, row(opened=str(SERIAL))]))) == [
        (2, "opened", str(SERIAL), Kind.NOT_A_DATE)
    ]


@pytest.mark.filterwarnings("ignore:.*outside the limits for dates")
def test_a_number_far_beyond_any_date_is_not_a_date():
    content = patched(
        as_xlsx([HEADER, row(opened=date(2015, 4, 7))]),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(f"<v>{SERIAL}</v>", "<v>99999999</v>"),
    )
    assert told(read(content)) == [(2, "opened", "#VALUE!", Kind.NOT_A_DATE)]


def test_a_time_of_day_is_not_a_date():
    assert told(read(as_xlsx([HEADER, row(opened=time(12, 30))]))) == [
        (2, "opened", "12:30:00", Kind.NOT_A_DATE)
    ]


@pytest.mark.parametrize(("cell", "ref"), [(17, "17"), (17.0, "17"), (1.5, "1.5"), (True, "TRUE")])
def test_numbers_may_be_references(cell, ref):
    assert [r.ref for r in read(as_xlsx([HEADER, row(ref=cell)])).rows] == [ref]


def test_a_reference_of_which_excel_has_made_a_date_is_refused():
    assert told(read(as_xlsx([HEADER, row(ref=date(2015, 2, 1))]))) == [
        (2, "ref", "01/02/2015", Kind.NOT_TEXT)
    ]


def test_empty_rows_and_columns_around_the_list_are_nothing():
    wide = [*HEADER, None, None]
    rows = [[None] * 11, wide, row(), [None] * 11, [" ", None], row(ref="A/2"), [None] * 11]
    found = read(as_xlsx(rows))
    assert found.ok
    assert [r.line for r in found.rows] == [3, 6]


def test_a_title_may_stand_above_and_rows_keep_the_numbers_of_the_sheet():
    found = read(as_xlsx([["Cases of the team"], [], HEADER, row(area="nowhere")]))
    assert told(found) == [(4, "area", "nowhere", Kind.UNKNOWN_TERM)]


def test_a_formula_counts_by_the_value_that_was_kept_of_it():
    content = as_xlsx([HEADER, row(area='="Hi"&"ll"')])
    kept = patched(
        content,
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace('r="D2"', 'r="D2" t="str"').replace("<v></v>", "<v>Hill</v>"),
    )
    assert [r.locality for r in read(kept).rows] == ["hill"]
    assert told(read(content)) == [(2, "area", "", Kind.MISSING)]


def test_a_formula_that_fails_is_not_taken_for_text():
    assert told(read(as_xlsx([HEADER, row(ref="#REF!")]))) == [(2, "ref", "#REF!", Kind.NOT_TEXT)]


def test_merged_cells_hold_their_value_once():
    content = as_xlsx([HEADER, row(), row(ref="A/2", category=None)])
    merged = patched(
        content,
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(
            "</sheetData>", '</sheetData><mergeCells><mergeCell ref="C2:C3"/></mergeCells>'
        ),
    )
    assert told(read(merged)) == [(3, "category", "", Kind.MISSING)]


def test_hidden_rows_are_read_as_any_other():
    content = patched(
        as_xlsx([HEADER, row(), row(ref="A/2")]),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace('<row r="3"', '<row r="3" hidden="1"'),
    )
    assert len(read(content).rows) == 2


def test_the_first_sheet_with_the_names_is_read_and_the_others_are_named():
    sheets = [("2015", [HEADER, row()]), ("2016", [HEADER, row(ref="A/2")])]
    found = read(as_xlsx([["Notes about the list"]], sheets=sheets))
    assert [r.ref for r in found.rows] == ["A/1"]
    [note] = found.notes
    assert "'2015' was read" in note
    assert "not read: '2016'" in note


def test_a_hidden_sheet_is_not_looked_for():
    sheets = [("New", [HEADER, row(ref="A/2")])]
    found = read(as_xlsx([HEADER, row()], sheets=sheets, sheet_state="hidden"))
    assert ([r.ref for r in found.rows], found.notes) == (["A/2"], ())


def test_a_size_wrongly_stated_hides_nothing():
    content = patched(
        as_xlsx([HEADER, row()]),
        "xl/worksheets/sheet1.xml",
        lambda xml: re.sub(r'<dimension ref="[^"]*"', '<dimension ref="A1:B1"', xml),
    )
    assert len(read(content).rows) == 1


def test_a_workbook_broken_off_says_where_after_the_faults_before_it():
    rows = [row(ref=f"A/{number}") for number in range(2, 40)]
    content = patched(
        as_xlsx([HEADER, row(area="nowhere"), *rows]),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace('<row r="30"', '<row r="thirty"'),
    )
    assert told(read(content)) == [
        (2, "area", "nowhere", Kind.UNKNOWN_TERM),
        (30, None, "", Kind.FILE),
    ]


def test_xml_that_multiplies_itself_is_refused():
    entities = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    content = patched(
        as_xlsx([HEADER, row()]),
        "xl/worksheets/sheet1.xml",
        lambda xml: entities + re.sub(r"^<\?xml.*?\?>", "", xml),
    )
    assert read(content).faults.by_kind == {Kind.FILE: 1}
