"""A snapshot is there whole, or not at all; and says plainly what is wrong with it."""

import json
import os
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import duckdb
import pyarrow
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onestory.analysis import snapshots
from onestory.analysis.snapshots import SnapshotError
from onestory.analysis.table import Column, Table
from onestory.analysis.tables import TABLES

MADE = datetime(2026, 11, 22, 2, 40, 5)
LATER = datetime(2026, 11, 23, 2, 40, 5)
MAKE_ANEW = "`onestory snapshot`"
VALUES = {
    "text": st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    "int": st.integers(-(2**31), 2**31 - 1),
    "number": st.floats(allow_nan=False),
    "bool": st.booleans(),
    "date": st.dates(),
    "timestamp": st.datetimes(),
    "text[]": st.lists(st.text("abc-", min_size=1), max_size=3),
}
USUAL = {
    "text": "a",
    "int": 1,
    "number": 1.5,
    "bool": True,
    "date": date(2026, 1, 5),
    "timestamp": datetime(2026, 1, 5, 9, 30),
    "text[]": ["a", "b"],
}


def usual(table: Table) -> dict:
    return {column.code: USUAL[column.type] for column in table.columns}


def rows_of(table: Table):
    """Rows of a table as they might come, with gaps where they may be."""
    columns = {
        c.code: (st.none() | VALUES[c.type]) if c.may_be_empty else VALUES[c.type]
        for c in table.columns
    }
    return st.lists(st.fixed_dictionaries(columns), max_size=4)


def readers(**rows) -> dict:
    """For each table a batch of these rows, or of one usual row."""
    return {
        code: iter([pyarrow.RecordBatch.from_pylist(rows.get(code, [usual(table)]), table.schema)])
        for code, table in TABLES.items()
    }


@pytest.fixture
def folder(tmp_path) -> Path:
    return tmp_path / "snapshots"


@pytest.fixture
def made(folder):
    return snapshots.write(folder, MADE, "tinyshire", readers())


def test_it_is_opened_by_the_folder_it_lies_in(made, folder):
    found = snapshots.latest(str(folder))
    assert found == made == snapshots.open(str(made.path))
    assert made.path.name == "2026-11-22T024005"
    assert (made.made_at, made.counted_to, made.area) == (MADE, date(2026, 11, 22), "tinyshire")
    assert set(made.rows.values()) == {1}
    assert made.table("contacts").to_pyarrow().to_pylist() == [usual(TABLES["contacts"])]


def test_duckdb_alone_reads_it(made):
    told = duckdb.sql(f"SELECT need, count(*) FROM '{made.path}/contacts.parquet' GROUP BY need")
    assert told.fetchall() == [("a", 1)]


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_what_is_written_is_read_back(tmp_path_factory, data):
    code = data.draw(st.sampled_from(sorted(TABLES)))
    rows = data.draw(rows_of(TABLES[code]))
    made = snapshots.write(tmp_path_factory.mktemp("s"), MADE, "x", readers(**{code: rows}))
    assert made.table(code).to_pyarrow().to_pylist() == rows


def test_progress_is_told_of_every_table(folder):
    told = []
    snapshots.write(folder, MADE, "x", readers(), lambda code, rows: told.append((code, rows)))
    assert set(told) == {(code, 1) for code in TABLES}


# What goes wrong while it is made


def left_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {".lock"}


def stopping(error: BaseException):
    def tell(code, rows):
        raise error

    return tell


@pytest.mark.parametrize("error", [KeyboardInterrupt(), SystemExit(1), RuntimeError("no")])
def test_whoever_stops_it_finds_the_last_one_as_it_was(made, folder, error):
    with pytest.raises(type(error)):
        snapshots.write(folder, LATER, "x", readers(), stopping(error))
    assert left_in(folder) == {made.path.name}
    assert snapshots.latest(folder) == made


def test_a_full_disk_is_said_and_leaves_nothing(made, folder):
    """In a process of its own, which may write no file longer than a few bytes."""
    script = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from onestory.analysis.snapshots import SnapshotError, write\n"
        "from tests.unit.analysis.test_snapshots import LATER, readers\n"
        "given = readers()\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))\n"
        "try:\n"
        "    write(Path(sys.argv[1]), LATER, 'x', given)\n"
        "except SnapshotError as error:\n"
        "    print(error)\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", script, str(folder)], capture_output=True, text=True
    ).stdout
    assert "2026-11-23T024005 could not be written: the disk is full" in told
    assert left_in(folder) == {made.path.name}


def test_what_a_power_cut_leaves_is_no_snapshot_and_goes_with_the_next(made, folder):
    half = folder / ".2026-11-22T030000.part"
    half.mkdir()
    (half / "contacts.parquet").write_bytes(b"PAR1")
    assert snapshots.latest(folder) == made
    snapshots.write(folder, LATER, "x", readers())
    assert left_in(folder) == {"2026-11-22T024005", "2026-11-23T024005"}


def test_one_is_made_at_a_time(folder):
    def another(code, rows):
        snapshots.write(folder, LATER, "x", readers())

    with pytest.raises(SnapshotError, match="Another snapshot is being made in .*snapshots"):
        snapshots.write(folder, MADE, "x", readers(), another)


def test_two_of_the_same_second_are_not_one(made, folder):
    with pytest.raises(SnapshotError, match="2026-11-22T024005 already"):
        snapshots.write(folder, MADE, "x", readers())
    assert snapshots.latest(folder) == made


def test_a_gap_where_there_may_be_none_is_named(folder):
    table = TABLES["contacts"]
    columns = [
        pyarrow.array([USUAL[c.type]] * 3, table.schema.field(c.code).type) for c in table.columns
    ]
    columns[table.schema.get_field_index("need")] = pyarrow.array(["a", None, "b"])
    given = readers() | {
        "contacts": iter([pyarrow.RecordBatch.from_arrays(columns, table.schema.names)])
    }
    with pytest.raises(SnapshotError, match=r"contacts\.need is missing in row 2"):
        snapshots.write(folder, MADE, "x", given)


def test_rows_of_another_table_are_refused(folder):
    given = readers()
    given["contacts"], given["calls"] = given["calls"], given["contacts"]
    with pytest.raises(SnapshotError, match="table calls has not its columns"):
        snapshots.write(folder, MADE, "x", given)


def test_a_snapshot_without_a_table_is_none(folder):
    given = readers()
    del given["goals"]
    with pytest.raises(SnapshotError, match="all tables; not so: goals"):
        snapshots.write(folder, MADE, "x", given)


# What is wrong with one that is there


def change(made, **said) -> None:
    path = made.path / "snapshot.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | said))


def fault(made) -> str:
    """What is said, which names the place and what to do."""
    with pytest.raises(SnapshotError) as caught:
        snapshots.open(made.path)
    assert str(made.path) in str(caught.value)
    assert MAKE_ANEW in str(caught.value)
    return str(caught.value)


def test_an_older_version_is_named(made):
    change(made, version=0)
    assert "is of version 0; this OneStory reads version 1" in fault(made)


def test_one_from_before_a_table_or_column_was_there_is_named(made):
    tables = json.loads((made.path / "snapshot.json").read_text())["tables"]
    del tables["contacts"]["columns"]["grade"]
    change(made, tables=tables)
    assert "the table contacts has other columns (grade)" in fault(made)
    del tables["contacts"]
    change(made, tables=tables)
    assert "older version: it has no table contacts" in fault(made)


def test_a_file_that_is_missing_is_named(made):
    (made.path / "goals.parquet").unlink()
    assert "goals.parquet is missing" in fault(made)


def test_a_file_that_was_cut_short_is_named(made):
    os.truncate(made.path / "goals.parquet", 100)
    assert "goals.parquet has 100 bytes, not" in fault(made)


def test_a_file_in_which_something_was_changed_is_named(made):
    path = made.path / "goals.parquet"
    content = bytearray(path.read_bytes())
    content[50] ^= 1
    path.write_bytes(content)
    assert "goals.parquet is not what was written there" in fault(made)


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"version": 1}', '"text"'])
def test_what_it_says_of_itself_may_be_damaged(made, content):
    (made.path / "snapshot.json").write_text(content)
    assert "snapshot.json cannot be read" in fault(made)


def test_a_folder_that_is_none_is_named(tmp_path):
    with pytest.raises(SnapshotError, match="is no snapshot: it has no snapshot.json"):
        snapshots.open(tmp_path)


def test_without_any_it_says_how_to_make_one(folder):
    with pytest.raises(SnapshotError, match="There is no snapshot in .*`onestory snapshot`"):
        snapshots.latest(folder)


def test_a_table_that_is_not_there_is_named(made):
    with pytest.raises(SnapshotError, match="There is no table contact. There are: askings"):
        made.table("contact")


def test_the_oldest_are_thrown_away(folder):
    for day in range(1, 5):
        snapshots.write(folder, datetime(2026, 11, day), "x", readers())
    assert snapshots.keep(folder, 2) == ["2026-11-02T000000", "2026-11-01T000000"]
    assert left_in(folder) == {"2026-11-03T000000", "2026-11-04T000000"}


# The definitions


def test_every_file_of_the_folder_is_a_table():
    found = {path.stem for path in Path("onestory/analysis/tables").glob("[a-z]*.py")}
    assert found == set(TABLES)
    assert all(code == table.code for code, table in TABLES.items())


def test_no_name_has_to_be_quoted_in_sql():
    reserved = {
        word
        for (word,) in duckdb.sql(
            "SELECT keyword_name FROM duckdb_keywords() WHERE keyword_category = 'reserved'"
        ).fetchall()
    }
    named = set(TABLES) | {c.code for table in TABLES.values() for c in table.columns}
    assert not named & reserved


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda t: t.code)
def test_a_table_says_what_is_in_it(table):
    assert table.title
    assert table.about.endswith(".")
    assert all(column.words.endswith((".", "…")) for column in table.columns)
    assert (table.person is None) == (table.code in ("marac_meetings", "teams"))


def test_a_table_that_contradicts_itself_is_refused():
    column = Column("a", "text", "A.")
    with pytest.raises(ValueError, match="no type 'word'"):
        Column("a", "word", "A.")
    with pytest.raises(ValueError, match="two columns of one name"):
        Table("t", "T", "T.", (column, column))
    with pytest.raises(ValueError, match="no column b"):
        Table("t", "T", "T.", (column,), key="b")
