"""Writing a snapshot: beside where it will be, and put in its place when it is whole."""

import errno
import fcntl
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pyarrow
from pyarrow import parquet

from onestory.analysis.snapshots.errors import SnapshotError
from onestory.analysis.snapshots.manifest import File, Manifest, digest
from onestory.analysis.snapshots.reading import NAMED, Snapshot, names, opened
from onestory.analysis.table import Table
from onestory.analysis.tables import TABLES

# Told which table is being written, and how many of its rows are.
Progress = Callable[[str, int], None]
Readers = Mapping[str, Iterator[pyarrow.RecordBatch]]
PART = ".part"
UNTOUCHED = "Nothing was kept of it; earlier snapshots are as they were."


def write(
    folder: Path,
    made_at: datetime,
    area: str,
    readers: Readers,
    progress: Progress = lambda table, rows: None,
) -> Snapshot:
    """Write a snapshot into `folder`: for each table the rows that its reader gives.

    `made_at` is in local time. Whatever goes wrong, or whoever stops it, nothing is left behind and
    earlier snapshots stay as they were.
    """
    if missing := TABLES.keys() ^ readers.keys():
        raise SnapshotError(f"A snapshot is of all tables; not so: {', '.join(sorted(missing))}.")
    target = folder / f"{made_at:{NAMED}}"
    with _alone(folder), _said_clearly(target):
        part = folder / f".{target.name}{PART}"
        part.mkdir(mode=0o700)
        try:
            tables = {code: _table(part, TABLES[code], readers[code], progress) for code in TABLES}
            Manifest(made_at, made_at.date(), area, tables).save(part)
            _lasting(part)
            if target.exists():
                raise SnapshotError(f"There is a snapshot in {target} already.")
            part.rename(target)
            _to_disk(folder)
        finally:
            shutil.rmtree(part, ignore_errors=True)
    return opened(target)


def keep(folder: Path, newest: int) -> list[str]:
    """Throw away all but the newest snapshots, and say which went."""
    old = names(folder)[newest:]
    with _alone(folder):
        for name in old:
            # Gone at once under its name, so that nobody opens half of it.
            part = (folder / name).rename(folder / f".{name}{PART}")
            shutil.rmtree(part)
    return old


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One at a time; and what one left behind that was killed is thrown away."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        try:
            # Ends with the process, however that ends.
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SnapshotError(
                f"Another snapshot is being made in {folder}: wait for it."
            ) from None
        for left in folder.glob(f".*{PART}"):
            shutil.rmtree(left)
        yield


@contextmanager
def _said_clearly(target: Path) -> Iterator[None]:
    """What the machine refuses, in words."""
    try:
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        why = "the disk is full" if full else str(error)
        raise SnapshotError(f"{target} could not be written: {why}. {UNTOUCHED}") from error


def _table(
    folder: Path, table: Table, reader: Iterator[pyarrow.RecordBatch], progress: Progress
) -> File:
    """One table's file."""
    path, rows = folder / f"{table.code}.parquet", 0
    with parquet.ParquetWriter(path, table.schema, compression="zstd") as file:
        for batch in reader:
            file.write_batch(_checked(table, batch, rows))
            rows += batch.num_rows
            progress(table.code, rows)
    progress(table.code, rows)
    columns = {column.code: column.type for column in table.columns}
    return File(rows, path.stat().st_size, digest(path), columns)


def _checked(table: Table, batch: pyarrow.RecordBatch, rows: int) -> pyarrow.RecordBatch:
    """The rows as the table has them, if they are."""
    if batch.schema.names != table.schema.names or batch.schema.types != table.schema.types:
        raise SnapshotError(f"What was read for the table {table.code} has not its columns.")
    for column, values in zip(table.columns, batch.columns, strict=True):
        if values.null_count and not column.may_be_empty:
            row = rows + values.is_null().to_pylist().index(True) + 1
            raise SnapshotError(
                f"{table.code}.{column.code} is missing in row {row}, where it may not be."
            )
    return pyarrow.RecordBatch.from_arrays(batch.columns, schema=table.schema)


def _lasting(folder: Path) -> None:
    """On the disk and not only on the way there, should the power go."""
    for path in folder.iterdir():
        _to_disk(path)
    _to_disk(folder)


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
