"""Sealing and checking the record of who did and read what."""

import sys

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from onestory.access import actions, queries
from onestory.access.acting import acting
from onestory.access.words import told
from onestory.agencies.actor import system_actor


@click.group("audit")
def command():
    """Check and seal the record of who did and read what."""


@command.command("seal")
def seal():
    """Seal the entries that wait. The worker does so every minute."""
    made = actions.seal_all(by=system_actor())
    click.echo(f"Seals made: {made:,}." if made else "Nothing waited to be sealed.")


@command.command("verify")
@click.option("--latest", type=click.IntRange(min=1), metavar="N", help="The N latest seals only.")
def verify(latest):
    """Compare every entry with its seal, and name the first that was altered or is missing.

    Ends with 1 if something is wrong.
    """
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with (
        acting(system_actor(), purpose="audit verify") as scope,
        Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True)) as bars,
    ):
        last = queries.last_seal(scope.actor)
        bar = bars.add_task("Comparing", total=last.upto if last else 0)
        verdict = queries.verify(
            scope.actor, latest=latest, told=lambda number: bars.update(bar, completed=number)
        )
    click.echo(told(verdict))
    sys.exit(1 if verdict.fault else 0)
