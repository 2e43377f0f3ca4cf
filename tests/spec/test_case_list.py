"""A case list with faults, and what its team is told. Today is 1 April 2018."""

from pathlib import Path

from onestory.cases.case_list import Kind
from tests.case_lists import DATA, read

GUIDE = Path(__file__).parents[2] / "docs" / "guides" / "case-list.md"

LIST = DATA / "with-faults.csv"
ONE_OF_THE_AREAS = "one of: Hill, Quay/Harbour, Château, Elsewhere"
ONE_OF_THE_KINDS = "one of: Domestic abuse, Stalking, Honour based"

TOLD = f"""
row | column | found        | what is wrong                   | what was expected
3   | opened | 31/02/2016   | Impossible date                 | a day that is in the calendar, such as 31/03/2016
4   | area   | Hill Thurrok | Word not known                  | {ONE_OF_THE_AREAS}; did you mean 'Hill'?
5   | abuse  | Stalkng      | Word not known                  | {ONE_OF_THE_KINDS}; did you mean 'Stalking'?
6   | ref    | A/1          | Reference twice                 | each reference once, but row 2 has it too
7   | area   |              | Nothing where something must be | {ONE_OF_THE_AREAS}
8   | closed | 11/04/2015   | Closed before opened            | 12/04/2015, when the case was opened, or later
9   | opened | 02/04/2018   | Date in the future              | a date up to today, 01/04/2018
10  | ref    | =A/9         | Begins like a formula           | text that does not begin with = + - or @
10  | opened | 14/04/1951   | Date too early                  | a date from 01/01/1990 on
14  | opened | soon         | Not a date                      | a date, such as 31/03/2016
"""


def test_every_fault_is_told_with_its_row_and_column():
    told = [line.split(" | ") for line in TOLD.strip().splitlines()[1:]]
    expected = [tuple(cell.strip() for cell in cells) for cells in told]
    found = [(str(f.row), f.column, f.value, f.kind, f.expected) for f in read(LIST).faults]
    assert [fault for fault in found if fault[1]] == expected


def test_a_separator_slipped_into_a_row_is_told_of_the_row():
    [fault] = [fault for fault in read(LIST).faults if fault.column is None]
    assert str(fault) == (
        "Row 11: '16/04/2015': value outside the columns. Expected nothing outside the 9 columns that "
        "have a name; the rest of this row was not checked."
    )


def test_a_list_with_faults_is_not_to_be_imported():
    found = read(LIST)
    assert not found.ok
    assert [row.ref for row in found.rows] == ["A/1", "A/11"]


def test_how_each_word_was_understood_is_shown():
    shown = [f"{m.found!r} -> {m.name}, {m.rows}" for m in read(LIST).mapping if m.changed]
    assert shown == [
        "'hub ' -> Hub, 1",
        "'quay' -> Quay/Harbour, 1",
        "'DA' -> Domestic abuse, 7",
    ]


def test_the_guide_tells_how_to_mend_each_kind_of_fault():
    guide = GUIDE.read_text(encoding="utf-8")
    assert [kind for kind in Kind if kind.value not in guide] == []
