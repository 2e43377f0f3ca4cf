"""Making a snapshot: what the rooms' views `snapshot_*` say, read by the third role at one moment."""

import secrets
from collections.abc import Iterator
from pathlib import Path

import pyarrow
import pyarrow.compute as compute
from django.db import connections, transaction
from django.utils import timezone
from pyarrow import csv

from onestory import database
from onestory.agencies.pack import pack
from onestory.analysis import snapshots
from onestory.analysis.snapshots.writing import Progress
from onestory.analysis.table import TYPES, Column, Table
from onestory.analysis.tables import TABLES
from onestory.cases.export import FIGURES

# Between the codes of a list, which have no such sign in them.
BETWEEN = "\x1f"
CHUNK = 8 * 1024 * 1024
LISTS = "text[]"


def folder() -> Path:
    """Where this system's snapshots lie."""
    return database.home() / "snapshots"


def make(
    progress: Progress = lambda table, rows: None, into: Path | None = None
) -> snapshots.Snapshot:
    """Make a snapshot of what is there now, `into` a folder of one's own where one is named.
    `SnapshotError` if it cannot be.

    All tables are of the same moment. The word that makes its keys is known to nobody, and gone
    when it is done: whoever has two snapshots cannot tell which keys are of one person.
    """
    with transaction.atomic(using=FIGURES), connections[FIGURES].cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SET LOCAL work_mem = '64MB'")
        word = secrets.token_hex(32)
        cursor.execute("SELECT set_config('onestory.figures_word', %s, true)", [word])
        readers = {code: _batches(cursor, table) for code, table in TABLES.items()}
        try:
            return snapshots.write(
                into or folder(), timezone.localtime(), pack().code, readers, progress
            )
        finally:
            # Whoever stops it stops it within a COPY: until that is over, nothing else is done.
            for reader in readers.values():
                reader.close()


def _batches(cursor, table: Table) -> Iterator[pyarrow.RecordBatch]:
    """The rows of a view. As CSV, since Arrow reads that many times faster than Python reads rows."""
    columns = ", ".join(map(_selected, table.columns))
    statement = f"COPY (SELECT {columns} FROM snapshot_{table.code}) TO STDOUT (FORMAT csv)"
    with cursor.copy(statement) as copy:
        # Added up at once: a list of so many rows would be gone through by the garbage collector
        # again and again, which took longer than reading them.
        content = bytearray()
        for row in copy:
            content += row
            if len(content) >= CHUNK:
                yield _batch(table, content)
                content = bytearray()
        if content:
            yield _batch(table, content)


def _selected(column: Column) -> str:
    if column.type == LISTS:
        return f"array_to_string({column.code}, E'\\x1f')"
    return column.code


def _batch(table: Table, content: bytearray) -> pyarrow.RecordBatch:
    """Some whole lines of CSV as rows of a table."""
    read = csv.read_csv(
        pyarrow.BufferReader(content),
        csv.ReadOptions(column_names=table.schema.names, block_size=2 * CHUNK),
        convert_options=csv.ConvertOptions(
            column_types={c.code: _read_as(c) for c in table.columns},
            null_values=[""],
            true_values=["t"],
            false_values=["f"],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
        ),
    ).combine_chunks()
    values = [_codes(v) if c.type == LISTS else v for c, v in zip(table.columns, read, strict=True)]
    return pyarrow.table(values, read.schema.names).to_batches()[0]


def _read_as(column: Column) -> pyarrow.DataType:
    return pyarrow.string() if column.type == LISTS else TYPES[column.type]


def _codes(joined: pyarrow.ChunkedArray) -> pyarrow.ChunkedArray:
    """Lists of codes, of which one with nothing in it has no codes, rather than an empty one."""
    split = compute.split_pattern(joined, BETWEEN)
    # Made here: Arrow brings in pandas for its first scalar, which no page needs.
    none = pyarrow.scalar([], TYPES[LISTS])
    return compute.if_else(compute.equal(joined, ""), none, split)
