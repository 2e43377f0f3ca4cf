"""A frozen report comes back exactly as it was, whatever is in it."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestory.analysis.frozen import fingerprint, from_plain, to_plain
from onestory.analysis.report import Cell, Chart, Count, Made, Report, Section, Table

# PostgreSQL keeps no NUL, and no half of a surrogate pair: neither does a form let one in.
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
WHOLE = st.integers(-(10**12), 10**12)
DECIMALS = st.decimals(allow_nan=False, allow_infinity=False)
ENDS = st.none() | st.floats(allow_nan=False)
COUNTS = st.builds(Count, WHOLE, WORDS, people=st.none() | WHOLE)
HOW = st.builds(Made, WORDS, st.lists(COUNTS, max_size=3).map(tuple), WHOLE, WHOLE, WORDS)
CELLS = st.builds(
    Cell,
    st.none() | WHOLE | DECIMALS,
    unit=WORDS,
    key=st.none() | WORDS,
    exact=st.none() | st.fractions(),
    gap=WORDS,
    who=WORDS,
    made=st.none() | HOW,
    low=ENDS,
    high=ENDS,
    suppressed=st.booleans(),
    people=st.none() | WHOLE,
)
LABELS = st.lists(WORDS, max_size=2).map(tuple)


@st.composite
def tables(draw) -> Table:
    columns, rows = draw(LABELS), draw(LABELS)
    cells = tuple(tuple(draw(CELLS) for _ in columns) for _ in rows)
    words = (draw(WORDS) for _ in range(3))
    return Table(
        draw(WORDS), draw(WORDS), draw(WORDS), columns, rows, cells, *words, draw(st.booleans())
    )


@st.composite
def sections(draw) -> Section:
    found = draw(st.lists(tables(), max_size=2))
    charts = tuple(
        Chart(draw(WORDS), draw(WORDS), "bars", draw(WORDS), table, draw(ENDS), draw(WORDS))
        for table in [*found, draw(tables())]
    )
    return Section(
        draw(WORDS), draw(WORDS), draw(LABELS), tuple(found), charts, draw(WHOLE), draw(LABELS)
    )


REPORTS = st.builds(
    Report,
    WORDS,
    WORDS,
    WORDS,
    st.datetimes(timezones=st.none() | st.just(UTC)).map(lambda moment: moment.replace(fold=0)),
    st.lists(sections(), max_size=2).map(tuple),
    WORDS,
)


def kinds(value):
    """The value with the kind of each part, since 1, 1.0, True and Decimal(1) are equal."""
    if isinstance(value, tuple):
        return tuple(map(kinds, value))
    if hasattr(value, "__dataclass_fields__"):
        return type(value), {
            name: kinds(getattr(value, name)) for name in value.__dataclass_fields__
        }
    return type(value), repr(value)


@given(REPORTS)
def test_there_and_back_again(report):
    plain = json.loads(json.dumps(to_plain(report)))
    again = from_plain(plain)
    assert kinds(again) == kinds(report)
    assert to_plain(again) == plain
    assert fingerprint(again) == fingerprint(report)


@given(sections())
def test_a_chart_of_a_table_of_its_section_has_that_very_table(section):
    report = Report("", "", "", datetime(2026, 1, 1), (section,))
    (again,) = from_plain(to_plain(report)).sections
    for table, chart in zip(again.tables, again.charts, strict=False):
        assert chart.table is table


@given(REPORTS, WORDS)
def test_the_fingerprint_tells_apart_what_is_said_and_not_when(report, words):
    later = replace(report, made_at=datetime(2031, 5, 6, 7, 8))
    assert fingerprint(later) == fingerprint(report)
    assert fingerprint(replace(report, title=report.title + words + "x")) != fingerprint(report)


@pytest.mark.parametrize(
    "plain",
    [{}, {"version": 2, "report": {}}, {"version": 1}, {"version": 1, "report": {"is": "Wreport"}}]
    + [{"version": 1, "report": {"is": "Report", "title": "x"}}],
)
def test_what_is_no_frozen_report_says_so(plain):
    with pytest.raises(ValueError, match="cannot be read"):
        from_plain(plain)


def test_what_a_report_cannot_hold_is_not_frozen():
    with pytest.raises(TypeError, match="cannot hold a list"):
        to_plain(Report("", "", "", datetime(2026, 1, 1), ([],)))
