"""Whole lists: columns, rows against each other, what is shown before anything is imported."""

from datetime import date

import pytest

from onestory.agencies.area import load_pack, packs_dir
from onestory.cases.case_list import Kind, faults, read_case_list
from onestory.kernel.calendar import FinancialYear
from tests.case_lists import DATA, HEADER, as_csv, read, row, told
from tests.housing_safeguarding import CASE_LIST


def test_columns_in_any_order_by_any_of_their_names():
    header = ["CLOSED ", " Where", "abuse", "category", "Reference", "Opened"]
    found = read(as_csv([header, ["", "Hill", "DA", "Hub", "A/1", "07/04/2015"]]))
    [only] = found.rows
    assert (only.ref, only.opened, only.locality) == ("A/1", date(2015, 4, 7), "hill")
    assert dict(found.columns)["area"] == "Where"
    assert dict(found.columns)["form"] is None


def test_a_fault_names_the_column_as_the_list_does():
    header = ["Where" if name == "area" else name for name in HEADER]
    assert told(read(as_csv([header, row(area="nowhere")])))[0][:2] == (2, "Where")


def test_a_column_not_known_is_told_which_there_are():
    header = ["catgory" if name == "category" else name for name in HEADER]
    found = read(as_csv([["A title"], header, row()]))
    assert told(found) == [
        (2, "catgory", "catgory", Kind.UNKNOWN_COLUMN),
        (2, "category", "", Kind.MISSING_COLUMN),
    ]
    assert next(iter(found.faults)).expected.endswith("closed; did you mean 'category'?")


def test_one_column_may_not_stand_twice_even_by_two_names():
    found = read(as_csv([[*HEADER, "Reference"], [*row(), "A/1"]]))
    [fault] = found.faults
    assert (fault.column, fault.kind) == ("Reference", Kind.DUPLICATE_COLUMN)
    assert "'ref'" in fault.expected


@pytest.mark.parametrize("column", ["ref", "opened", "category", "area", "abuse"])
def test_a_column_that_must_be_there_is_missed_once_not_in_every_row(column):
    at = HEADER.index(column)
    rows = [HEADER, row(), row(ref="A/2")]
    found = read(as_csv([cells[:at] + cells[at + 1 :] for cells in rows]))
    assert told(found) == [(1, column, "", Kind.MISSING_COLUMN)]


def test_the_rows_are_checked_even_where_the_columns_have_faults():
    found = read(as_csv([[*HEADER, "notes"], [*row(area="nowhere"), "x"]]))
    assert [f.kind for f in found.faults] == [Kind.UNKNOWN_COLUMN, Kind.UNKNOWN_TERM]


def test_a_value_under_no_name_hides_the_row_it_has_moved():
    moved = [*row()[:5], "DA", "DA", *row()[6:]]
    found = read(as_csv([HEADER, moved, row(ref="A/2")]))
    assert told(found) == [(2, None, "11/06/2015", Kind.SURPLUS)]
    assert [r.ref for r in found.rows] == ["A/2"]


def test_a_column_without_a_name_may_hold_nothing():
    rows = [[*HEADER[:4], "", *HEADER[4:]], [*row()[:4], "?", *row()[4:]]]
    assert told(read(as_csv(rows))) == [(2, None, "?", Kind.SURPLUS)]


def test_a_row_broken_off_lacks_what_it_lacks():
    found = read(as_csv([HEADER, row()[:4]]))
    assert told(found) == [(2, "abuse", "", Kind.MISSING)]


def test_a_reference_twice_names_both_rows():
    found = read(as_csv([HEADER, row(), row(ref="A/2"), row(ref=" a/1"), row(ref="A/1")]))
    assert told(found) == [
        (4, "ref", "a/1", Kind.REFERENCE_TWICE),
        (5, "ref", "A/1", Kind.REFERENCE_TWICE),
    ]
    assert all("row 2 has it too" in fault.expected for fault in found.faults)


def test_closed_before_opened_says_when_it_was_opened():
    [fault] = read(as_csv([HEADER, row(opened="08/04/2015", closed="07/04/2015")])).faults
    assert (fault.column, fault.kind) == ("closed", Kind.CLOSED_BEFORE_OPENED)
    assert fault.expected.startswith("08/04/2015")
    assert read(as_csv([HEADER, row(opened="08/04/2015", closed="08/04/2015")])).ok


def test_all_faults_of_a_row_are_listed_from_left_to_right():
    wrong = row(ref="A/1", opened="31/02/2016", abuse="gloom", closed="soon", area="nowhere")
    assert [f.column for f in read(as_csv([HEADER, row(), wrong])).faults] == [
        "ref",
        "opened",
        "area",
        "abuse",
        "closed",
    ]


def test_the_first_faults_are_kept_and_all_are_counted(monkeypatch):
    monkeypatch.setattr(faults, "KEPT", 10)
    rows = [row(ref=f"A/{number}", area="nowhere", form="none") for number in range(50)]
    found = read(as_csv([HEADER, *rows])).faults
    assert (len(list(found)), len(found), found.left_out) == (10, 100, 90)
    assert found.by_kind == {Kind.UNKNOWN_TERM: 100}
    assert [f.row for f in found] == [2, 2, 3, 3, 4, 4, 5, 5, 6, 6]


def test_a_long_value_is_shown_shortened_and_safely():
    [fault] = read(as_csv([HEADER, row(area="nowhere\x1b[2J\n" * 1000)])).faults
    assert len(fault.value) == 60
    assert fault.value.isprintable()


def test_the_mapping_shows_how_each_spelling_was_understood():
    areas = ["Quay ", "Quay ", "Quay/Harbour", "Hill", "nowhere"]
    rows = [row(ref=f"A/{n}", area=area, abuse="DA; Stalking") for n, area in enumerate(areas)]
    mapping = read(as_csv([HEADER, *rows])).mapping
    assert [(m.found, m.name, m.rows, m.changed) for m in mapping if m.column == "area"] == [
        ("Quay ", "Quay/Harbour", 2, True),
        ("Quay/Harbour", "Quay/Harbour", 1, False),
        ("Hill", "Hill", 1, False),
    ]
    assert [(m.found, m.code, m.rows) for m in mapping if m.column == "abuse"] == [
        ("DA", "domestic", 5),
        ("Stalking", "stalking", 5),
    ]


def test_a_row_has_the_same_digest_wherever_it_stands_and_however_it_is_spelt():
    one = read(as_csv([HEADER, row(area="Quay", abuse="DA; Stalking")])).rows[0]
    other = row(area="quay/harbour ", abuse="Stalking;DA", opened="2015-04-07")
    moved = read(as_csv([HEADER, row(ref="A/0"), other])).rows[1]
    assert (moved.digest, moved) == (one.digest, one)


@pytest.mark.parametrize(
    "change",
    [
        {"ref": "A/2"},
        {"opened": "08/04/2015"},
        {"category": "Panel"},
        {"area": "Quay"},
        {"survivor": ""},
        {"abuse": "Stalking; DA"},
        {"form": ""},
        {"sent_by": "GP"},
        {"closed": ""},
    ],
)
def test_any_change_changes_the_digest_of_the_row(change):
    before, after = (read(as_csv([HEADER, r])).rows[0].digest for r in (row(), row(**change)))
    assert before != after


def test_the_digest_of_the_file_is_that_of_its_bytes():
    content = as_csv([HEADER, row()])
    assert read(content).digest == read(content).digest
    assert read(content).digest != read(content + b"\r\n").digest


def test_a_path_gives_its_own_name():
    assert read(DATA / "title-above.csv").filename == "title-above.csv"


def test_cases_are_counted_by_financial_year_and_category():
    rows = [
        row(ref="A/1", opened="31/03/2016", closed=""),
        row(ref="A/2", opened="01/04/2016", closed=""),
        row(ref="A/3", opened="01/04/2016", closed="", category="Panel"),
    ]
    assert read(as_csv([HEADER, *rows])).by_year == {
        FinancialYear(2015): {"hub": 1},
        FinancialYear(2016): {"hub": 1, "panel": 1},
    }


def test_progress_is_told_now_and_then_and_may_stop_it():
    content = as_csv([HEADER, *(row(ref=f"A/{number}") for number in range(1200))])
    seen = []
    read(content, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(0, 1202), (501, 1202), (1001, 1202), (1202, 1202)]

    def stop(done: int, _: int) -> None:
        if done > 500:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read(content, progress=stop)


def test_the_housing_teams_own_list_is_read_whole():
    found = read_case_list(
        CASE_LIST,
        pack=load_pack(packs_dir() / "thurrock"),
        today=date(2019, 4, 1),
    )
    assert [str(fault) for fault in found.faults] == []
    assert len(found.rows) == found.found == 685
    assert ("category", "Mash ", "MASH", 107) in {(m[0], m[1], m[2], m[4]) for m in found.mapping}
    assert {str(year): counts.total() for year, counts in found.by_year.items()} == {
        "2015/16": 215,
        "2016/17": 244,
        "2017/18": 226,
    }
