import click

from onestory import database, setup
from onestory.agencies.area import PackError
from onestory.kernel.errors import Refused


@click.command("setup")
@click.option("--area", required=True, help="The area pack: a folder in areas/.")
def command(area):
    """Prepare a system for an area, or bring it up to date. May be run again."""
    try:
        setup.prepare_database()
        setup.migrate()
        setup.apply_policies()
        pack = setup.load_pack_of(area)
    except PackError as error:
        raise click.ClickException(str(error)) from error
    except Refused as error:
        raise click.ClickException(error.reason) from error
    where = "the embedded PostgreSQL" if database.is_embedded() else "the PostgreSQL you named"
    click.echo(f"Ready for {pack.name}: {len(pack.teams)} teams, on {where}.")
    click.echo("Next: onestory createadmin")
