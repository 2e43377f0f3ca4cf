"""A snapshot of rows drawn by chance, as large as a county's or a share of it."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from random import Random

import duckdb
import pyarrow

from onestory.analysis import snapshots
from onestory.analysis.snapshots import Snapshot
from onestory.analysis.table import Column
from onestory.analysis.tables import TABLES

PEOPLE = 250_000
ROWS = {
    "contacts": 400_000,
    "contact_needs": 400_000,
    "contact_abuse": 300_000,
    "referrals": 250_000,
    "refusals": 20_000,
    "cases": 150_000,
    "marac_cases": 10_000,
    "marac_meetings": 260,
    "risk_checklists": 30_000,
    "safety_plans": 20_000,
    "risk_changes": 10_000,
    "sessions": 400_000,
    "goals": 100_000,
    "askings": 300_000,
    "sittings": 30_000,
    "calls": 50_000,
    "consents": 100_000,
    "shares": 30_000,
    "knowers": 300_000,
    "people": PEOPLE,
    "teams": 60,
}
MADE_AT = datetime(2026, 11, 22, 3)
DAY = "DATE '2016-04-01' + CAST({} % 3880 AS INTEGER)"
DRAWN = {
    "text": "'code-' || ({} % 12)",
    "int": "CAST({} % 90 AS INTEGER)",
    "number": "({} % 10) + 0.5",
    "bool": "{} % 2 = 0",
    "date": DAY,
    "timestamp": "CAST(" + DAY + " AS TIMESTAMP) + INTERVAL 1 MINUTE * ({} % 1440)",
    "text[]": "['code-' || ({} % 12), 'code-' || ({} % 5)][: 1 + {} % 2]",
}


def drawn(folder: Path, share: float = 1.0) -> Snapshot:
    """A snapshot with rows drawn by chance."""
    readers = {code: _batches(code, int(number * share) or 1) for code, number in ROWS.items()}
    return snapshots.write(folder, MADE_AT, "made-up", readers)


def _batches(code: str, number: int) -> Iterator[pyarrow.RecordBatch]:
    table, random = TABLES[code], Random(code)
    selected = ", ".join(_column(column, random) for column in table.columns)
    sql = f"SELECT {selected} FROM range({number}) AS drawn(n)"
    yield from duckdb.connect().sql(sql).to_arrow_table().cast(table.schema).to_batches()


def _column(column: Column, random: Random) -> str:
    """A column by chance; where it may be empty, every fifth is."""
    salt = random.randrange(10**9)
    number = f"(hash(n + {salt}) >> 8)"
    if column.code == "person":
        number = f"({number} % {PEOPLE})"
        drawn = f"md5({number}::VARCHAR)"
    else:
        drawn = DRAWN[column.type].format(*[number] * 3)
    if column.may_be_empty:
        drawn = f"CASE WHEN hash(n + {salt + 1}) % 5 > 0 THEN {drawn} END"
    return f'{drawn} AS "{column.code}"'
