"""A snapshot written from rows, where this system looks for its own."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pyarrow

from onestory.analysis import snapshots
from onestory.analysis.tables import TABLES

MADE_AT = datetime(2026, 11, 22, 3, 0, tzinfo=ZoneInfo("Europe/London"))


def written(home: Path, rows: Mapping[str, Sequence[dict]], made_at=MADE_AT) -> snapshots.Snapshot:
    """The snapshot; a row says what matters, and where it must say more, something is made up."""
    readers = {code: iter(_batches(code, rows.get(code, ()))) for code in TABLES}
    return snapshots.write(home / "snapshots", made_at, "thurrock", readers)


def _batches(code: str, rows: Sequence[dict]) -> list[pyarrow.RecordBatch]:
    table = TABLES[code]
    whole = [
        {c.code: row.get(c.code, _usual(c, number)) for c in table.columns}
        for number, row in enumerate(rows)
    ]
    return pyarrow.Table.from_pylist(whole, table.schema).to_batches() if rows else []


def _usual(column, number: int):
    """Nothing where a column may be empty; a key, nought or a word where it may not."""
    if column.type == "text[]":
        return []
    if column.may_be_empty:
        return None
    made_up = {
        "text": f"{column.code}-{number}",
        "int": 0,
        "number": 0.0,
        "bool": False,
        "date": MADE_AT.date(),
        "timestamp": MADE_AT.replace(tzinfo=None),
    }
    return made_up[column.type]
