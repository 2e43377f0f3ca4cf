"""Opening a snapshot: as tables of ibis, in a DuckDB that lies in memory."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache
from pathlib import Path

import ibis

from onestory.analysis.snapshots.errors import SnapshotError
from onestory.analysis.snapshots.manifest import MAKE_ANEW, File, Manifest, digest
from onestory.analysis.table import Table
from onestory.analysis.tables import TABLES

# How a folder is named: by the moment at which it was made, so that names sort by time.
NAMED = "%Y-%m-%dT%H%M%S"
_NAME = re.compile(r"\d{4}-\d\d-\d\dT\d{6}")
DAMAGED = f"It is damaged. {MAKE_ANEW}"


@dataclass(frozen=True)
class Snapshot:
    """A snapshot that was found whole. `counted_to` is the last day of which anything is in it."""

    path: Path
    made_at: datetime
    counted_to: date
    area: str
    rows: Mapping[str, int]

    def file(self, code: str) -> Path:
        """The Parquet file of a table."""
        if code not in TABLES:
            raise SnapshotError(f"There is no table {code}. There are: {', '.join(TABLES)}.")
        return self.path / f"{code}.parquet"

    def connect(self) -> ibis.BaseBackend:
        """A DuckDB of one's own, with a view for each table. For one thread at a time."""
        duckdb = ibis.duckdb.connect()
        for code in TABLES:
            path = str(self.file(code)).replace("'", "''")
            duckdb.raw_sql(f"CREATE VIEW {code} AS SELECT * FROM read_parquet('{path}')")
        return duckdb

    @cached_property
    def connection(self) -> ibis.BaseBackend:
        """The connection that `table` uses."""
        return self.connect()

    def table(self, code: str) -> ibis.Table:
        """One table. Its columns are those of `analysis.tables`."""
        self.file(code)
        return self.connection.table(code)


def names(folder: Path | str) -> list[str]:
    """What snapshots there are in a folder, the newest first."""
    folder = Path(folder)
    if not folder.is_dir():
        return []
    return sorted((p.name for p in folder.iterdir() if _NAME.fullmatch(p.name)), reverse=True)


def latest(folder: Path | str) -> Snapshot:
    """The newest snapshot. `SnapshotError` where there is none, or it cannot be read."""
    found = names(folder)
    if not found:
        raise SnapshotError(f"There is no snapshot in {folder} yet. {MAKE_ANEW}")
    return opened(Path(folder) / found[0])


def opened(path: Path | str) -> Snapshot:
    """Open a snapshot, once it is seen to be whole. `SnapshotError` says what is wrong where."""
    path = Path(path)
    manifest = Manifest.load(path)
    for code, table in TABLES.items():
        _check(path, table, manifest.tables.get(code))
    return Snapshot(
        path=path,
        made_at=manifest.made_at,
        counted_to=manifest.counted_to,
        area=manifest.area,
        rows={code: manifest.tables[code].rows for code in TABLES},
    )


def _check(folder: Path, table: Table, file: File | None) -> None:
    """Whether the file of a table is there, whole, and of this version's columns."""
    path = folder / f"{table.code}.parquet"
    if file is None:
        raise SnapshotError(
            f"The snapshot in {folder} is of an older version: it has no table {table.code}. "
            f"{MAKE_ANEW}"
        )
    here = {column.code: column.type for column in table.columns}
    if other := here.items() ^ file.columns.items():
        columns = ", ".join(sorted({code for code, _ in other}))
        raise SnapshotError(
            f"The snapshot in {folder} is of another version: the table {table.code} has other "
            f"columns ({columns}). {MAKE_ANEW}"
        )
    try:
        found = path.stat()
    except FileNotFoundError:
        raise SnapshotError(f"{path} is missing. {DAMAGED}") from None
    if found.st_size != file.bytes:
        raise SnapshotError(f"{path} has {found.st_size} bytes, not {file.bytes}. {DAMAGED}")
    if _digest(path, found.st_size, found.st_mtime_ns) != file.sha256:
        raise SnapshotError(f"{path} is not what was written there. {DAMAGED}")


@lru_cache(maxsize=1000)
def _digest(path: Path, size: int, changed: int) -> str:
    """Computed once for a process, as long as the file is not touched."""
    return digest(path)
