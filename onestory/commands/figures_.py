"""`onestory figures`: what was printed against what OneStory makes."""

import sys
from pathlib import Path

import click
from django.conf import settings
from django.db import DatabaseError

from onestory.agencies.area import Pack, PackError, load_pack
from onestory.agencies.models import Area
from onestory.agencies.pack import pack
from onestory.analysis.figures import FigureError, Line, Outcome, summary, unexplained
from onestory.analysis.needs import InputError
from onestory.analysis.snapshots import SnapshotError
from onestory.reporting.published import FIGURES, checked

# The made-up case list that the project ships, for a system without a database.
SHIPPED = settings.ROOT / "synthetic" / "data" / "housing-safeguarding-cases.csv"


@click.group("figures")
def command():
    """Figures that somebody printed."""


@command.command("check")
@click.option("--area", help="The area whose figures are checked; by default the one set up here.")
@click.option(
    "--case-list",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    default=SHIPPED if SHIPPED.exists() else None,
    help="A case list to count where no cases are on record.",
)
@click.option(
    "--only",
    type=click.Choice([outcome.value for outcome in Outcome]),
    help="Show only these figures. All are counted.",
)
def check(area, case_list, only):
    """Compare every printed figure with what OneStory makes, row by row.

    Ends with a fault if a figure differs without a reason that holds.
    """
    try:
        found = _pack(area)
        lines = checked(found, settings.AREAS / found.code, case_list)
    except (FigureError, InputError, PackError, SnapshotError) as error:
        raise click.ClickException(str(error)) from error
    for line in lines:
        if only in (None, line.outcome):
            click.echo(_row(line))
    for line in unexplained(lines):
        click.echo(f"No reason that holds: {line.printed.id}", err=True)
    click.echo(summary(lines))
    sys.exit(1 if unexplained(lines) else 0)


def _pack(code: str | None) -> Pack:
    """The pack that is asked for, or is set up, or is the only one with printed figures."""
    if code is None:
        try:
            return pack()
        except (DatabaseError, Area.DoesNotExist):
            folders = [path.parent.parent for path in settings.AREAS.glob(f"*/{FIGURES}")]
            if len(folders) != 1:
                raise click.UsageError("Say whose figures: --area NAME.") from None
            return load_pack(folders[0])
    if not (settings.AREAS / code / FIGURES).exists():
        raise click.UsageError(f"There are no printed figures of '{code}': no {FIGURES}.")
    return load_pack(settings.AREAS / code)


def _row(line: Line) -> str:
    """'SVA-year  differs  2718 printed, 2712 made: why'."""
    said = f"{line.printed.published} printed"
    if line.made:
        said += f", {line.made} made"
    if line.reason:
        said += f": {line.reason}"
    return f"{line.printed.id:<46} {line.outcome:<8} {said}"
