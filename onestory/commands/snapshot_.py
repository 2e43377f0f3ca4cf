"""`onestory snapshot`: everything that figures are made of, as it is now, without identity."""

import sys

import click
from django.db import DatabaseError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from onestory.access.acting import acting
from onestory.agencies.actor import system_actor
from onestory.agencies.models import Area
from onestory.analysis.snapshots import Snapshot, SnapshotError
from onestory.analysis.tables import TABLES
from onestory.reporting.actions.snapshots import note_snapshot
from onestory.reporting.snapshots import make

STOPPED = 130
NOT_PREPARED = (
    "Reports and dashboards are counted from it when somebody first looks, which takes some seconds"
    " each. For snapshots made at night or by the button, `onestory work` does so beforehand."
)
BARS = (
    TextColumn("{task.description}"),
    BarColumn(),
    MofNCompleteColumn(),
    TextColumn("{task.fields[rows]:>12,} rows"),
    TimeElapsedColumn(),
)


@click.command("snapshot")
def command():
    """Make a dated snapshot for figures: no names, no words, no dates of birth, and people by a key
    that is another one in every snapshot.

    It lies in the folder `snapshots` of ONESTORY_HOME. Ctrl-C leaves nothing behind, and earlier
    snapshots as they were.
    """
    try:
        made = _with_bars()
    except KeyboardInterrupt:
        click.echo("Stopped. Nothing was kept; earlier snapshots are as they were.", err=True)
        sys.exit(STOPPED)
    except SnapshotError as error:
        raise click.ClickException(str(error)) from error
    except (Area.DoesNotExist, DatabaseError) as error:
        first = next(iter(str(error).strip().splitlines()), "")
        raise click.UsageError(
            f"This system is not set up: run `onestory setup --area NAME` first.\n({first})"
        ) from error
    with acting(system_actor(), purpose="command: snapshot") as scope:
        note_snapshot(by=scope.actor, snapshot=made)
    click.echo(f"{made.path}: {sum(made.rows.values()):,} rows in {len(made.rows)} tables")
    click.echo(NOT_PREPARED, err=True)


def _with_bars() -> Snapshot:
    """Make it, and show on standard error which table is being read and how far."""
    places = {code: number for number, code in enumerate(TABLES)}
    with Progress(*BARS, console=Console(stderr=True)) as bars:
        bar = bars.add_task("Looking", total=len(TABLES), rows=0)

        def tell(code: str, rows: int) -> None:
            title = TABLES[code].title
            bars.update(bar, description=title, completed=places[code] + 1, rows=rows)

        return make(tell)
