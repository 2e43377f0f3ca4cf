"""One cell at a time: what is understood, and what is said of what is not."""

from datetime import date

import pytest

from onestory.cases.case_list import Kind
from tests.case_lists import HEADER, TODAY, as_csv, read, row, told


def one(**changes: str):
    """The list of one row with these changes."""
    return read(as_csv([HEADER, row(**changes)]))


def the_fault(**changes: str):
    [fault] = one(**changes).faults
    return fault


@pytest.mark.parametrize(
    "written",
    [
        "07/04/2015",
        "7/4/2015",
        " 07 / 04 / 2015 ",
        "07/04/15",
        "2015-04-07",
        "2015\N{EN DASH}04\N{EN DASH}07",
        "7 April 2015",
        "7 apr 2015",
        "07\N{NO-BREAK SPACE}April  2015",
        "07/04/2015 00:00",
        "2015-04-07T09:30:00",
        "2015-04-07 09:30:00.000",
    ],
)
def test_dates_are_read_as_people_write_them(written):
    assert one(opened=written).rows[0].opened == date(2015, 4, 7)


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("31/02/2016", Kind.IMPOSSIBLE_DATE),
        ("29/02/2015", Kind.IMPOSSIBLE_DATE),
        ("2016-02-31", Kind.IMPOSSIBLE_DATE),
        ("04/13/2015", Kind.IMPOSSIBLE_DATE),
        ("31 February 2016", Kind.IMPOSSIBLE_DATE),
        ("00/00/0000", Kind.IMPOSSIBLE_DATE),
        ("spring", Kind.NOT_A_DATE),
        ("2015", Kind.NOT_A_DATE),
        ("-", Kind.NOT_A_DATE),
        ("02/04/2018", Kind.FUTURE),
        ("07/04/2051", Kind.FUTURE),
        ("07/04/1951", Kind.TOO_EARLY),
        ("31/12/1989", Kind.TOO_EARLY),
        ("", Kind.MISSING),
    ],
)
def test_a_date_that_cannot_be_says_why(written, kind):
    assert told(one(opened=written, closed="")) == [(2, "opened", written, kind)]


def test_what_was_expected_of_a_date_gives_an_example():
    assert the_fault(opened="31/02/2016", closed="").expected == (
        "a day that is in the calendar, such as 31/03/2016"
    )


def test_today_is_not_in_the_future():
    assert one(opened=f"{TODAY:%d/%m/%Y}", closed="").ok


@pytest.mark.parametrize(
    "found", ["Quay", "quay / harbour", " QUAY/HARBOUR ", "Quay\N{NO-BREAK SPACE}"]
)
def test_words_are_known_by_their_spellings(found):
    assert one(area=found).rows[0].locality == "quay"


def test_an_unknown_word_is_told_what_there_is_and_what_is_likeliest():
    fault = the_fault(area="Hill Thurrok")
    assert (fault.value, fault.kind) == ("Hill Thurrok", Kind.UNKNOWN_TERM)
    assert fault.expected == (
        "one of: Hill, Quay/Harbour, Château, Elsewhere; did you mean 'Hill'?"
    )


@pytest.mark.parametrize("found", ["Birmingham", "x", "77"])
def test_nothing_is_suggested_for_what_is_like_nothing(found):
    assert "did you mean" not in the_fault(area=found).expected


@pytest.mark.parametrize(
    ("found", "codes"),
    [
        ("Stalking", ("stalking",)),
        ("Stalking; DA", ("domestic", "stalking")),
        ("Stalking;DA;", ("domestic", "stalking")),
        ("DA; domestic abuse ;DA", ("domestic",)),
        ("DA\nHonour based", ("domestic", "honour")),
    ],
)
def test_several_words_in_one_cell(found, codes):
    assert one(abuse=found).rows[0].abuse == codes


def test_of_several_words_each_unknown_one_is_named_alone():
    found = one(abuse="DA; Sttalking; Gloom")
    assert told(found) == [
        (2, "abuse", "Sttalking", Kind.UNKNOWN_TERM),
        (2, "abuse", "Gloom", Kind.UNKNOWN_TERM),
    ]


@pytest.mark.parametrize("cell", ["", "  ", " ; "])
def test_something_must_be_where_something_must_be(cell):
    assert [f.kind for f in one(abuse=cell).faults] == [Kind.MISSING]
    assert [f.kind for f in one(area=cell.replace(";", "")).faults] == [Kind.MISSING]


def test_nothing_may_be_where_nothing_may_be():
    found = one(survivor="", form=" ", sent_by="", closed="")
    [only] = found.rows
    assert found.ok
    assert (only.group, only.risk_assessment, only.source, only.closed) == ("", "", "", None)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", " +", "＝"])
def test_text_that_a_spreadsheet_would_run_is_refused(start):
    fault = the_fault(ref=f"{start}HYPERLINK(1)")
    assert (fault.kind, fault.column) == (Kind.FORMULA, "ref")


@pytest.mark.parametrize("column", ["category", "area", "survivor", "form", "sent_by"])
def test_elsewhere_it_is_a_word_not_known(column):
    assert [f.kind for f in one(**{column: "=1+1"}).faults] == [Kind.UNKNOWN_TERM]


def test_text_is_kept_without_odd_blanks():
    assert (
        one(ref="\N{ZERO WIDTH SPACE} A / 1\n(old)\N{NO-BREAK SPACE}").rows[0].ref == "A / 1 (old)"
    )


@pytest.mark.parametrize(
    ("ref", "kind"),
    [
        ("A" * 101, Kind.TOO_LONG),
        ("A\x07", Kind.CHARACTER),
        ("A\N{RIGHT-TO-LEFT OVERRIDE}1", Kind.CHARACTER),
        ("#N/A", Kind.NOT_TEXT),
    ],
)
def test_text_not_fit_to_be_kept_is_refused(ref, kind):
    assert [f.kind for f in one(ref=ref).faults] == [kind]


def test_a_reference_may_be_as_long_as_it_may_be():
    assert one(ref="A" * 100).ok
