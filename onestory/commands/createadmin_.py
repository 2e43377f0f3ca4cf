import click

from onestory.agencies.actions import create_admin
from onestory.kernel.errors import Refused


@click.command("createadmin")
@click.option("--email", prompt="E-mail address")
@click.option("--name", prompt="Full name")
@click.password_option()
def command(email, name, password):
    """Make the first administrator, who then invites everybody else."""
    try:
        create_admin(email=email, name=name, password=password)
    except Refused as error:
        raise click.ClickException(error.reason) from error
    click.echo(f"{name} can sign in, and will be asked for a second factor.")
