"""Case lists of every shape: what was written is read, what is wrong is found, nothing crashes."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestory.cases.case_list import CheckedRow, Kind, cells
from tests.case_lists import AREA, HEADER, TODAY, as_csv, as_xlsx, in_excel, read

pytestmark = pytest.mark.slow

DAY = "%d/%m/%Y"
FIELDS = {column.name: column.field for column in AREA.case_list.columns}
VOCABULARIES = {
    c.field: AREA.vocabulary(c.vocabulary) for c in AREA.case_list.columns if c.vocabulary
}
LETTERS = "ABCÉéü€0123456789/-_. ,;\"'"


@st.composite
def cases(draw, number: int) -> CheckedRow:
    """A case that a list may hold. References differ by their number."""
    opened = draw(st.dates(cells.EARLIEST, TODAY))
    closed = draw(st.none() | st.dates(opened, TODAY))
    words = draw(st.text(LETTERS, max_size=20))
    abuse = VOCABULARIES["abuse"]
    kinds = draw(st.sets(st.sampled_from([term.code for term in abuse]), min_size=1))
    codes = {
        field: draw(st.sampled_from([term.code for term in VOCABULARIES[field]]))
        for field in ("category", "locality")
    }
    optional = {
        field: draw(st.sampled_from(["", *(term.code for term in VOCABULARIES[field])]))
        for field in ("group", "risk_assessment", "source")
    }
    return CheckedRow(
        ref=" ".join(f"{number}. {words}".split()),
        opened=opened,
        closed=closed,
        abuse=tuple(term.code for term in abuse if term.code in kinds),
        line=0,
        **codes,
        **optional,
    )


@st.composite
def lists(draw, min_size: int = 0) -> list[CheckedRow]:
    """A list of cases."""
    size = draw(st.integers(min_size, 6))
    return [draw(cases(number)) for number in range(size)]


def spelt(draw, field: str, code: str) -> str:
    """One of the ways to write a word, with blanks and case as they come."""
    term = VOCABULARIES[field][code]
    text = draw(st.sampled_from([term.name, *term.variants]))
    change = draw(st.sampled_from([str, str.upper, str.lower, "{} ".format, " {}".format]))
    return change(text)


def written(draw, case: CheckedRow) -> dict[str, str]:
    """A case as a person would write it, by the name of the column."""
    row = {}
    for name, field in FIELDS.items():
        value = getattr(case, field)
        if isinstance(value, date):
            value = f"{value:{DAY}}"
        elif isinstance(value, tuple):
            value = "; ".join(spelt(draw, field, code) for code in value)
        elif field in VOCABULARIES and value:
            value = spelt(draw, field, value)
        row[name] = value or ""
    return row


orders = st.permutations(HEADER)
files = st.one_of(
    st.tuples(
        st.just(as_csv),
        st.fixed_dictionaries(
            {
                "encoding": st.sampled_from(["utf-8", "utf-8-sig", "cp1252"]),
                "delimiter": st.sampled_from([",", ";", "\t"]),
                "end": st.sampled_from(["\n", "\r\n", "\r"]),
            }
        ),
    ),
    st.tuples(st.just(as_xlsx), st.just({})),
)


@given(st.data(), lists(min_size=1), orders, files)
def test_what_is_written_is_read(data, listed, order, file):
    rows = [written(data.draw, case) for case in listed]
    write, options = file
    table = [order, *([row[name] for name in order] for row in rows)]
    found = read(write([in_excel(r) for r in table] if write is as_xlsx else table, **options))
    assert [str(fault) for fault in found.faults] == []
    assert list(found.rows) == listed
    assert [row.line for row in found.rows] == list(range(2, len(listed) + 2))


WRONG = {
    "ref": [("", Kind.MISSING), ("=1", Kind.FORMULA), ("x" * 101, Kind.TOO_LONG)],
    "opened": [
        ("", Kind.MISSING),
        ("31/02/2016", Kind.IMPOSSIBLE_DATE),
        ("x", Kind.NOT_A_DATE),
        (f"{TODAY + timedelta(1):{DAY}}", Kind.FUTURE),
        (f"{cells.EARLIEST - timedelta(1):{DAY}}", Kind.TOO_EARLY),
    ],
    "closed": [
        ("30/02/2016", Kind.IMPOSSIBLE_DATE),
        ("never", Kind.NOT_A_DATE),
        (f"{TODAY + timedelta(1):{DAY}}", Kind.FUTURE),
    ],
    "category": [("", Kind.MISSING), ("Hubb", Kind.UNKNOWN_TERM)],
    "area": [("", Kind.MISSING), ("@Hill", Kind.UNKNOWN_TERM)],
    "survivor": [("nobody", Kind.UNKNOWN_TERM)],
    "abuse": [("", Kind.MISSING), ("gloom", Kind.UNKNOWN_TERM)],
    "form": [("-", Kind.UNKNOWN_TERM)],
    "sent by": [("=Police", Kind.UNKNOWN_TERM)],
}


@given(st.data(), lists(min_size=1), orders)
def test_one_fault_is_found_where_it_is_and_nowhere_else(data, listed, order):
    rows = [written(data.draw, case) for case in listed]
    at = data.draw(st.integers(0, len(rows) - 1))
    column = data.draw(st.sampled_from(sorted(WRONG)))
    value, kind = data.draw(st.sampled_from(WRONG[column]))
    rows[at][column] = value
    found = read(as_csv([order, *([row[name] for name in order] for row in rows)]))
    assert [(f.row, f.column, f.kind) for f in found.faults] == [(at + 2, column, kind)]
    assert [row.ref for row in found.rows] == [c.ref for n, c in enumerate(listed) if n != at]


@given(st.data(), lists(min_size=2))
def test_a_reference_twice_is_found_at_the_second(data, listed):
    rows = [list(written(data.draw, case).values()) for case in listed]
    first, second = sorted(
        data.draw(st.lists(st.sampled_from(range(len(rows))), min_size=2, max_size=2, unique=True))
    )
    rows[second][0] = rows[first][0].lower()
    [fault] = read(as_csv([HEADER, *rows])).faults
    assert (fault.row, fault.column, fault.kind) == (second + 2, "ref", Kind.REFERENCE_TWICE)
    assert f"row {first + 2} " in fault.expected


GOOD = (as_csv([HEADER]), as_xlsx([HEADER, ["A/1"]]))


@given(
    st.binary(max_size=400)
    | st.builds(bytes.__add__, st.sampled_from([*GOOD, b"PK\x03\x04"]), st.binary(max_size=200))
)
def test_no_bytes_crash_the_reader(content):
    found = read(content)
    assert not found.ok
    assert all(str(fault) for fault in found.faults)


@given(st.lists(st.lists(st.text(max_size=8), max_size=11), max_size=5))
def test_no_text_below_the_header_crashes_the_reader(rows):
    found = read(as_csv([HEADER, *rows], encoding="utf-8-sig"))
    assert not found.ok or len(found.rows) == found.found


@given(st.integers(0, len(GOOD[1]) - 1), st.binary(min_size=1, max_size=8))
def test_a_damaged_workbook_never_crashes_the_reader(at, damage):
    read(GOOD[1][:at] + damage + GOOD[1][at + len(damage) :])
