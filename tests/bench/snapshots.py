"""A snapshot of the whole county: how long it takes, against its budget.

`python -m tests.bench.snapshots`; exit code 1 if it takes longer.
"""

import os
import platform
import tempfile
from datetime import date
from pathlib import Path
from time import perf_counter

import click

from onestory import setup
from onestory.analysis.tables import TABLES
from onestory.reporting.snapshots import make
from tests.bench import counties, page
from tests.bench.environment import PEOPLE

DATABASE = os.environ["ONESTORY_DATABASE"]
WITHIN_SECONDS = 120
COLUMNS = ("table", "rows", "seconds", "MB")


@click.command()
@click.option("--people", default=PEOPLE, show_default=True, help="In the county.")
@click.option("--write/--no-write", default=True, help="Into docs/benchmarks.md.")
def main(people, write):
    """Make one, and write into docs/benchmarks.md how long each table took."""
    counties.ensure(people)
    counties.copy(people, DATABASE)
    setup.apply_policies()
    with tempfile.TemporaryDirectory() as folder:
        rows, seconds = _made(Path(folder))
    counties.drop(DATABASE)
    page.show("A snapshot of the county", COLUMNS, rows)
    kept = seconds <= WITHIN_SECONDS
    if write:
        about = (
            f"Measured on {date.today():%d %B %Y}: {os.cpu_count()} processors, "
            f"Python {platform.python_version()}. Within {WITHIN_SECONDS} seconds: "
            f"{'yes' if kept else 'no'}."
        )
        page.write("snapshot", f"{about}\n\n{page.markdown(COLUMNS, rows)}")
    raise SystemExit(not kept)


def _made(folder: Path) -> tuple[list[tuple[str, ...]], float]:
    """The tables with any rows, then the whole; and how many seconds that took."""
    begun, ended = perf_counter(), {}
    snapshot = make(lambda table, rows: ended.update({table: perf_counter()}), folder)
    seconds, before, rows = perf_counter() - begun, begun, []
    for code in TABLES:
        taken, before = ended[code] - before, ended[code]
        if snapshot.rows[code]:
            size = snapshot.file(code).stat().st_size
            rows.append(_row(code, snapshot.rows[code], taken, size))
    files = sum(path.stat().st_size for path in snapshot.path.iterdir())
    return [*rows, _row("all", sum(snapshot.rows.values()), seconds, files)], seconds


def _row(name: str, rows: int, seconds: float, size: int) -> tuple[str, ...]:
    return name, f"{rows:,}", f"{seconds:.1f}", f"{size / 1e6:.1f}"


if __name__ == "__main__":
    main()
