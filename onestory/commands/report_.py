"""`onestory report`: a yearly report as a file, or on the terminal where it is text."""

import os
from contextlib import contextmanager, suppress
from datetime import date
from difflib import get_close_matches
from pathlib import Path

import click
from django.db import DatabaseError

from onestory.agencies.area import PackError
from onestory.agencies.area import Report as Definition
from onestory.agencies.models import Area
from onestory.agencies.pack import pack
from onestory.cases.export import days_with_cases
from onestory.kernel.errors import Refused
from onestory.reporting.documents import FORMATS
from onestory.reporting.making import make, usual_period
from onestory.reporting.publication import publish

TERMINAL = "-"
TEXT = ("html", "csv")


class Day(click.ParamType):
    """A date as 2015-04-01."""

    name = "date"

    def convert(self, value, param, context):
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"'{value}' is not a date. Write it as 2015-04-01.", param, context)


@click.command("report")
@click.argument("report", metavar="REPORT")
@click.option("--from", "from_", type=Day(), help="The first day that is counted.")
@click.option("--to", type=Day(), help="The last day that is counted.")
@click.option(
    "--format",
    "kind",
    type=click.Choice(list(FORMATS)),
    help="By default, what the ending of the file's name says.",
)
@click.option(
    "--output",
    default=TERMINAL,
    metavar="FILE",
    help="The file to write; - for the terminal (the default), if the format is text.",
)
@click.option(
    "--for-publication",
    "public",
    is_flag=True,
    help="With small counts hidden and others rounded, for readers who may not see the records.",
)
def command(report, from_, to, kind, output, public):
    """Write a yearly report to a file, for example:

    onestory report housing-safeguarding --output report.docx

    Without days it covers the last three whole years with cases.
    """
    kind = kind or _kind_of(output)
    if output == TERMINAL and kind not in TEXT:
        raise click.UsageError(f"A report as {kind} is no text: name a file with --output.")
    with _set_up():
        definition = _definition(report)
        usual = usual_period(days_with_cases(definition.team))
        try:
            made = (publish if public else make)(definition, from_ or usual[0], to or usual[1])
        except Refused as error:
            raise click.UsageError(error.reason) from error
    _write(output, FORMATS[kind].render(made))
    if made.warning:
        click.echo(made.warning, err=True)


def _kind_of(output: str) -> str:
    """The format that the name of a file promises."""
    ending = Path(output).suffix.lower().lstrip(".")
    if ending not in FORMATS:
        raise click.UsageError(f"Say which --format: {', '.join(FORMATS)}.")
    return ending


@contextmanager
def _set_up():
    """Say what to do where there is no area, no table or no database yet."""
    first = "This system is not set up: run `onestory setup --area NAME` first."
    try:
        yield
    except (Area.DoesNotExist, DatabaseError) as error:
        detail = next(iter(str(error).strip().splitlines()), "")
        about = f"\n({detail})" if isinstance(error, DatabaseError) else ""
        raise click.UsageError(first + about) from error
    except PackError as error:
        raise click.ClickException(str(error)) from error


def _definition(code: str) -> Definition:
    """The report of this code; if there is none, the one that was probably meant."""
    reports = pack().reports
    if code in reports:
        return reports[code]
    near = get_close_matches(code, reports, n=1)
    if near:
        raise click.UsageError(f"There is no report '{code}'. Did you mean '{near[0]}'?")
    known = f"The reports are: {', '.join(reports)}." if reports else "This area has no reports."
    raise click.UsageError(f"There is no report '{code}'. {known}")


def _write(output: str, content: bytes) -> None:
    """The whole content or nothing: an older file stays until the new one is complete."""
    if output == TERMINAL:
        click.get_binary_stream("stdout").write(content)
        return
    target = Path(output).resolve()
    if target.exists() and not target.is_file():
        raise click.UsageError(f"Cannot write {output}: it is no file.")
    part = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        part.write_bytes(content)
        part.replace(target)
    except OSError as error:
        raise click.UsageError(f"Cannot write {output}: {error.strerror}.") from error
    finally:
        with suppress(OSError):
            part.unlink()
    click.echo(f"Written: {output}", err=True)
