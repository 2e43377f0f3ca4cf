"""Bringing in files: `onestory import case-list FILE --team CODE`."""

import sys
from collections.abc import Iterable
from contextlib import contextmanager
from pathlib import Path

import click
from django.db import OperationalError, ProgrammingError
from django.utils import timezone
from rapidfuzz import fuzz, process
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from onestory.access.acting import acting
from onestory.agencies.actor import Actor, system_actor
from onestory.agencies.models import Area, Team
from onestory.agencies.pack import pack
from onestory.cases.actions.case_list import Faulty, import_case_list
from onestory.cases.case_list import CaseList, Fault, Faults, read_case_list
from onestory.cases.queries.case_list import compare
from onestory.kernel.errors import Refused

NEAR_MISS = 60
PURPOSE = "command: import case-list"


@click.group("import")
def command():
    """Import files: the whole file, or nothing of it."""


@command.command("case-list")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--team", required=True, help="The code of the team whose list it is.")
@click.option("--dry-run", is_flag=True, help="Check and compare only; store nothing.")
def case_list(file, team, dry_run):
    """Bring in a team's own list of cases, from CSV or XLSX.

    All rows or none. The same list may be brought in again: what has not changed stays as it is.
    Exit codes: 0 done, 1 the list has faults and nothing was imported, 2 the command is wrong.
    """
    _must_be_set_up()
    by = system_actor(team=_known(team))
    with _progress() as progress:
        found = read_case_list(
            file, pack=pack(), today=timezone.localdate(), progress=progress("Reading the list")
        )
    _print_understood(found)
    try:
        with _progress() as progress, acting(by, purpose=PURPOSE):
            counts = _would_do(by, found) if dry_run else _do(by, found, progress("Importing"))
    except Faulty as faulty:
        _print_faults(faulty.faults)
        sys.exit(1)
    except Refused as refused:
        raise click.ClickException(refused.reason) from refused
    click.echo(_summary(counts, dry_run))


def _do(by: Actor, found: CaseList, progress) -> dict[str, int]:
    team_id = by.team_ids[0]
    return import_case_list(by=by, team_id=team_id, case_list=found, progress=progress)._asdict()


def _would_do(by: Actor, found: CaseList) -> dict[str, int]:
    if found.faults:
        raise Faulty(found.faults)
    comparison = compare(by, by.team_ids[0], found)
    if comparison.faults:
        raise Faulty(comparison.faults)
    return comparison.counts


def _must_be_set_up() -> None:
    try:
        ready = Area.objects.exists()
    except (OperationalError, ProgrammingError) as error:
        reason = str(error).strip().splitlines()[-1]
        raise _usage(f"There is no OneStory to import into ({reason}). {SETUP}") from error
    if not ready:
        raise _usage(f"OneStory is not set up yet. {SETUP}")


SETUP = "Run `onestory setup --area NAME` first."


def _usage(message: str) -> click.ClickException:
    error = click.ClickException(message)
    error.exit_code = 2
    return error


def _known(code: str) -> str:
    codes = list(Team.objects.filter(ended_on=None).values_list("code", flat=True))
    if code in codes:
        return code
    near = process.extract(code, codes, scorer=fuzz.WRatio, score_cutoff=NEAR_MISS, limit=3)
    names = ", ".join(name for name, *_ in near) or ", ".join(sorted(codes))
    said = "Did you mean" if near else "There are"
    raise click.BadParameter(f"no team has the code '{code}'. {said}: {names}", param_hint="--team")


@contextmanager
def _progress():
    """Bars on standard error, each drawn from when it is first told of progress."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    console = Console(stderr=True)
    with Progress(*columns, TimeElapsedColumn(), console=console) as bars:

        def named(description):
            shown = []

            def tell(done, total):
                if not shown:
                    shown.append(bars.add_task(description, total=total))
                bars.update(shown[0], completed=done, total=total)

            return tell

        yield named


def _print_understood(found: CaseList) -> None:
    """How the words of the list were read, and how many cases there are of each kind."""
    for note in found.notes:
        click.echo(f"Note: {note}")
    other = [word for word in found.mapping if word.changed]
    if other:
        click.echo("Understood as:")
    for word in other:
        click.echo(f"  {word.column}: '{word.found}' is {word.name} ({_cases(word.rows)})")
    if found.rows:
        Console(width=max(Console().width, 100)).print(_by_year(found))


def _by_year(found: CaseList) -> Table:
    categories = [t for t in pack().categories if any(t.code in n for n in found.by_year.values())]
    table = Table("Year", *(term.name for term in categories), "Total", box=None)
    for column in table.columns[1:]:
        column.justify = "right"
    for year, numbers in found.by_year.items():
        cells = (f"{numbers[term.code]:,}" for term in categories)
        table.add_row(year.label, *cells, f"{numbers.total():,}")
    return table


def _print_faults(faults: Faults) -> None:
    for fault in faults:
        click.echo(_told(fault), err=True)
    if faults.left_out:
        click.echo(f"… and {faults.left_out:,} more.", err=True)
    number = "1 fault" if len(faults) == 1 else f"{len(faults):,} faults"
    click.echo(f"{number}. Nothing was imported.", err=True)
    if len(faults) > 1:
        kinds: Iterable = faults.by_kind.most_common()
        click.echo("; ".join(f"{kind.value}: {n:,}" for kind, n in kinds), err=True)


def _told(fault: Fault) -> str:
    row = f"row {fault.row}" if fault.row else "the file"
    where = f"{row}, column {fault.column}" if fault.column else row
    found = f"'{fault.value}': " if fault.value else ""
    return f"{where}: {found}{fault.kind.lower()}; expected {fault.expected}"


def _summary(counts: dict[str, int], dry_run: bool) -> str:
    added, changed, unchanged = (counts[name] for name in ("added", "changed", "unchanged"))
    line = (
        f"{_cases(sum(counts.values()))}: "
        f"{added:,} new, {changed:,} changed, {unchanged:,} unchanged."
    )
    if dry_run:
        return f"{line} Nothing was stored: this was a trial."
    if not added and not changed:
        return f"{line} All of it was here already: nothing was changed."
    return f"{line} Imported."


def _cases(number: int) -> str:
    return "1 case" if number == 1 else f"{number:,} cases"
