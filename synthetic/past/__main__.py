"""Makes the database that ONESTORY_DATABASE names, and fills it with the past."""

import os

import click
import django
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onestory.settings")
django.setup()

from onestory import database, setup  # noqa: E402
from onestory.agencies.models import Area  # noqa: E402
from synthetic.past import load  # noqa: E402


@click.command()
@click.option("--area", default="thurrock", show_default=True)
def main(area):
    """Keep the past in a database of its own, so that figures can be checked against it."""
    if database.name() in {"onestory", database.admin_settings()["dbname"]}:
        raise click.UsageError("Name a database of its own in ONESTORY_DATABASE.")
    console = Console(stderr=True)
    setup.prepare_database()
    setup.migrate()
    setup.apply_policies()
    if not Area.objects.exists():
        setup.load_pack_of(area)
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    with Progress(*columns, TimeElapsedColumn(), console=console) as bars:
        bar = bars.add_task("The past", total=load.STEPS)
        stories = load.load(lambda: bars.advance(bar))
    console.print(f"{stories:,} stories" if stories else "It is there already.")


if __name__ == "__main__":
    main()
