"""Made-up snapshots, with much missing, on which DuckDB and the plain reference must agree."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onestory.analysis.measures import MEASURES, Measure
from onestory.analysis.measures import language as say
from onestory.analysis.measures.measure import TIMES
from onestory.analysis.periods import Period
from onestory.analysis.table import TYPES, Column, Table
from onestory.analysis.tables import TABLES
from tests.measuring import Rows, both

pytestmark = pytest.mark.slow

FIRST, LAST = date(2025, 1, 1), date(2026, 6, 30)
CODES = ("a", "b", "reached", "red")
CODE, DAY = st.sampled_from(CODES), st.dates(FIRST, LAST)
SECOND = st.integers(0, 86_399).map(lambda number: timedelta(seconds=number))
VALUES = {
    "text": CODE,
    "int": st.integers(-3, 90),
    "number": st.sampled_from((1.0, 2.5, 10.0)),
    "bool": st.booleans(),
    "date": DAY,
    "timestamp": st.builds(lambda day, at: datetime.combine(day, time()) + at, DAY, SECOND),
    "text[]": st.lists(CODE, max_size=3),
}
# Two columns of each type, all of which may be missing, and the person.
ANY = Table(
    code="any",
    title="Any",
    about="Rows of anything.",
    columns=(
        Column("person", "text", "Of whom.", True),
        Column("age", "int", "How old.", True),
        *(Column(f"{kind}_{n}", kind, kind, True) for kind in TYPES for n in (1, 2)),
    ),
    person="person",
)
PERIODS = st.builds(
    lambda start, length, after: Period(start, start + length, start + after).whole,
    DAY,
    st.integers(0, 500).map(timedelta),
    st.integers(-30, 600).map(timedelta),
)


def rows_of(table: Table):
    """Some rows, in which anything may be missing."""
    row = {column.code: st.none() | VALUES[column.type] for column in table.columns}
    return st.lists(st.fixed_dictionaries(row), max_size=12)


def column(kind: str):
    return st.sampled_from([say.col(f"{kind}_{n}") for n in (1, 2)])


WHEN = column("date") | st.just(say.END)
WHOLE = (
    column("int")
    | st.builds(say.days, column("date"), WHEN)
    | st.builds(say.hours, column("timestamp"), column("timestamp"))
)
SYMBOL = st.sampled_from(("==", "!=", "<", "<=", ">", ">="))
ATOMS = st.one_of(
    st.builds(say.Compare, SYMBOL, column("text"), column("text") | CODE),
    st.builds(say.Compare, SYMBOL, WHEN, WHEN | DAY),
    st.builds(say.Compare, SYMBOL, WHOLE, WHOLE | st.integers(-30, 90)),
    st.builds(say.Compare, SYMBOL, column("number"), column("number") | column("int")),
    st.builds(say.Among, column("text"), st.lists(CODE, min_size=1, max_size=3).map(tuple)),
    st.builds(say.Has, column("text[]"), CODE),
    st.builds(say.Is, column("bool"), st.booleans()),
    st.builds(say.Missing, st.one_of(*map(column, ("text", "int", "bool", "date", "timestamp")))),
    st.just(say.EVERY),
)
CONDITIONS = st.recursive(
    ATOMS,
    lambda inner: (
        st.builds(say.Both, inner, inner)
        | st.builds(say.Either, inner, inner)
        | st.builds(say.Not, inner)
    ),
    max_leaves=5,
)
COUNTS = st.builds(say.count, CONDITIONS)
PEOPLE = st.builds(say.people, CONDITIONS)
NUMBERS = st.one_of(
    *(st.builds(make, WHOLE, CONDITIONS) for make in (say.total, say.mean, say.median))
)
PAIRS = st.builds(lambda where: say.different("text_1", "text_2", where=where), CONDITIONS)


@st.composite
def any_measure(draw) -> Measure:
    """A measure that nobody wrote."""
    top = draw(COUNTS | PEOPLE | NUMBERS | PAIRS)
    alike = PEOPLE if isinstance(top, say.People) else COUNTS
    averaged = isinstance(top, say.Mean | say.Median)
    bottom = None if averaged else draw(st.none() | COUNTS | PEOPLE)
    until = draw(st.sampled_from((None, "date_2")))
    share = isinstance(top, say.Count | say.People) and draw(st.booleans())
    if share:
        bottom = draw(alike)
    return Measure(
        code="made-up",
        title="Made up",
        definition="Anything.",
        table="any",
        on="date_1",
        until=until,
        any_time=until is not None and draw(st.booleans()),
        counts="people" if isinstance(top, say.People) else "rows",
        of="people" if isinstance(bottom, say.People) else "rows",
        numerator=top,
        denominator=bottom,
        interval="wilson" if share else None,
        groups=("text_1", "text[]_1", "bool_1", "age_band"),
        team="text_1",
        area="text_2",
        unit="of something",
        source="Nothing.",
    )


@settings(max_examples=40)
@given(
    any_measure(),
    rows_of(ANY),
    PERIODS,
    DAY,
    st.none() | st.sampled_from(("text_1", "text[]_1", "bool_1", "age_band", *TIMES)),
    st.none() | CODE,
    st.none() | CODE,
)
def test_any_measure_on_any_rows(measure, rows, period, counted_to, by, team, area):
    both(
        measure, Rows({"any": rows}, counted_to, {"any": ANY}), period, by=by, team=team, area=area
    )


@settings(max_examples=40)
@given(st.data(), st.sampled_from(sorted(MEASURES)), PERIODS, DAY)
def test_our_own_measures_on_any_rows(data, code, period, counted_to):
    measure = MEASURES[code]
    rows = data.draw(rows_of(TABLES[measure.table]))
    by = data.draw(st.none() | st.sampled_from(measure.cuts))
    both(measure, Rows({measure.table: rows}, counted_to), period, by=by)
