"""`onestory measure`: what measures there are, what each counts, and what it comes to."""

import csv
import sys
from datetime import date
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from onestory.analysis import measures, snapshots
from onestory.analysis.measures import Measure, MeasureError, Result
from onestory.analysis.measures.checking import faults
from onestory.analysis.measures.measure import Figure
from onestory.analysis.measures.wording import explained, group_title, number
from onestory.analysis.periods import Period, Span, in_words
from onestory.analysis.snapshots import SnapshotError
from onestory.analysis.tables import TABLES
from onestory.commands.report_ import Day
from onestory.kernel.calendar import FinancialYear
from onestory.reporting.snapshots import folder

HEADINGS = ("Value", "Low", "High", "Numerator", "Denominator", "People")
SEEN = "With small numbers: for those who may see the records, not for publication."


@click.group("measure")
def command():
    """What is counted, and how."""


@command.command("list")
def list_():
    """All measures, by what they are about."""
    for code, measure in measures.MEASURES.items():
        click.echo(f"{code:36} {measure.title}")


@command.command("show")
@click.argument("code")
def show(code):
    """What a measure counts, of what, and what to mind."""
    measure = _found(code)
    click.echo(measure.title)
    for heading, words in explained(measure):
        click.echo(f"  {heading + ':':13}{words}")


@command.command("run")
@click.argument("code")
@click.option("--from", "from_", type=Day(), help="The first day that is counted.")
@click.option("--to", type=Day(), help="The last day. By default the last whole financial year.")
@click.option("--by", help="Cut by this group: `onestory measure show` has them.")
@click.option("--area", help="Of this locality only.")
@click.option("--team", help="Of this team only.")
@click.option(
    "--snapshot",
    "path",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder of a snapshot; by default the newest.",
)
@click.option("--csv", "as_csv", is_flag=True, help="As CSV, with exact values.")
def run(code, from_, to, by, area, team, path, as_csv):
    """Run a measure over a snapshot, for example:

    onestory measure run contacts-in-time --from 2025-04-01 --to 2026-03-31 --by grade
    """
    measure = _found(code)
    try:
        snapshot = snapshots.open(path) if path else snapshots.latest(folder())
        result = measures.run(
            measure, snapshot, _period(from_, to, snapshot.counted_to), by=by, area=area, team=team
        )
    except (SnapshotError, MeasureError) as error:
        raise click.ClickException(str(error)) from error
    (_write if as_csv else _print)(result)
    click.echo(SEEN, err=True)


def _found(code: str) -> Measure:
    try:
        measure = measures.find(code)
    except MeasureError as error:
        raise click.UsageError(str(error)) from error
    for fault in faults(measure, TABLES[measure.table]):
        raise click.ClickException(f"Measure {code}: {fault}")
    return measure


def _period(from_: date | None, to: date | None, today: date) -> Span:
    """As asked; else the last financial year that is over."""
    if (from_ is None) != (to is None):
        raise click.UsageError("Give both --from and --to, or neither.")
    if from_ is None:
        year = FinancialYear(FinancialYear.of(today).first - 1)
        from_, to = year.start, year.end
    if to < from_:
        raise click.UsageError("A period cannot end before it starts.")
    asked = Period(from_, to, today)
    span = asked.years[0] if len(asked.years) == 1 else asked.whole
    return Span(asked.label, from_, to, span.complete)


def _figures(result: Result) -> list[Figure]:
    return [*result.cells, result.total]


def _print(result: Result) -> None:
    measure = result.measure
    shown = Table(title=f"{measure.title}, {result.period.label}", title_justify="left")
    shown.add_column(group_title(result.by) if result.by else "")
    for heading in HEADINGS:
        shown.add_column(heading, justify="right")
    for figure in _figures(result):
        shown.add_row(
            figure.label,
            number(measure, figure.value),
            number(measure, figure.low) if figure.low is not None else "",
            number(measure, figure.high) if figure.high is not None else "",
            *(_plain(n) for n in (figure.numerator, figure.denominator, figure.people)),
        )
    console = Console()
    console.print(shown)
    said = dict.fromkeys(figure.reason for figure in _figures(result) if figure.reason)
    for note in (*said, *result.notes, f"Snapshot of {in_words(result.counted_to)}."):
        console.print(note)


def _plain(value) -> str:
    return "" if value is None else f"{float(value):,g}" if value % 1 else f"{int(value):,}"


def _write(result: Result) -> None:
    out = csv.writer(sys.stdout)
    out.writerow([result.by or "group", *(heading.lower() for heading in HEADINGS), "reason"])
    for one in _figures(result):
        value = "" if one.value is None else float(one.value)
        numbers = (value, one.low, one.high, one.numerator, one.denominator, one.people)
        out.writerow([one.label, *("" if n is None else n for n in numbers), one.reason])
