import sys

import click
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from onestory import database


@click.command("check")
def command():
    """Say what is missing before real people's data may go in."""
    faults = []
    if settings.DEMO:
        faults.append("ONESTORY_DEMO is set: no second factor is asked for.")
    if not settings.SECURE:
        faults.append("ONESTORY_HTTPS is off: cookies and pages would travel in the clear.")
    if settings.DEBUG:
        faults.append("ONESTORY_DEBUG is set: error pages would show what people typed.")
    if database.is_embedded():
        faults.append("The embedded PostgreSQL is for trying out: set DATABASE_URL.")
    try:
        call_command("check", deploy=True, fail_level="ERROR", verbosity=0)
    except SystemCheckError as error:
        faults.append(str(error))
    for fault in faults:
        click.echo(f"- {fault}")
    click.echo("Not ready for real people's data." if faults else "Ready.")
    sys.exit(1 if faults else 0)
