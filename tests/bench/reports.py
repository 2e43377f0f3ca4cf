"""A compiled report's page after a county's snapshot: its first look in a new process, and again.

`python -m tests.bench.reports`; exit code 1 if either takes longer than it may. The counting that the
job does for everybody beforehand is shown beside them. The rows are drawn by chance, as for measures.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import perf_counter
from unittest.mock import patch

import click
from django.conf import settings

from onestory import database
from onestory.agencies.area import load_pack
from onestory.reporting import compiling, measuring
from onestory.reporting.preparing import prepare
from onestory.reporting.views.pages import shown
from tests.bench.environment import AREA
from tests.drawn_snapshot import drawn

WITHIN_MS = 300
PACKS = ("compiling", "dashboard", "measuring", "preparing", "releasing")


@click.command()
@click.option("--share", default=1.0, help="Of the county's rows, for a quicker look.")
@click.option("--home", type=Path, help="A folder that is prepared: look, and nothing else.")
def main(share, home):
    """Measure and say whether it is quick enough."""
    if home is None:
        with tempfile.TemporaryDirectory() as folder:
            raise SystemExit(_prepared(Path(folder), share))
    with _as_set_up(home):
        raise SystemExit(not _looked())


def _prepared(home: Path, share: float) -> int:
    """Make the snapshot, do what the job does, and look as a process that was just started."""
    with _as_set_up(home):
        snapshot = drawn(home / "snapshots", share)
        click.echo(f"{sum(snapshot.rows.values()):,} rows")
        click.echo(f"counted beforehand in {_ms(lambda: prepare(snapshot, ())) / 1000:.0f} s")
    line = [sys.executable, "-m", "tests.bench.reports", "--home", str(home)]
    return subprocess.run(line).returncode


def _looked() -> bool:
    """A look at each report, and another."""
    worst = 0.0
    # Whatever page is asked first sees once for a process that the snapshot is whole.
    opened = _ms(measuring.latest)
    click.echo(f"the snapshot seen to be whole: {opened:.0f} ms, once for a process")
    for code, report in compiling.pack().compiled.items():
        first, again = _ms(lambda r=report: _look(r)), _ms(lambda r=report: _look(r))
        click.echo(f"{code:24} first look {first:5.0f} ms  again {again:5.0f} ms")
        worst = max(worst, first, again)
    click.echo(f"at most {worst:.0f} ms (within {WITHIN_MS} ms)")
    return worst <= WITHIN_MS


def _look(report) -> None:
    snapshot = measuring.latest()
    [span] = compiling.spans_over(report, snapshot.counted_to, 1)
    made = compiling.look_at(report, span.start, span.end)
    for section in made.sections:
        for table in shown(section, snapshot=snapshot.path):
            assert table.chart is None or table.drawing


@contextmanager
def _as_set_up(home: Path) -> Iterator[None]:
    """As if a system were set up in this folder with the area's pack, without a database."""
    known = load_pack(settings.AREAS / AREA)
    with ExitStack() as patches:
        patches.enter_context(patch.object(database, "home", lambda: home))
        for module in PACKS:
            patches.enter_context(patch(f"onestory.reporting.{module}.pack", lambda: known))
        yield


def _ms(work) -> float:
    start = perf_counter()
    work()
    return (perf_counter() - start) * 1000


if __name__ == "__main__":
    main()
