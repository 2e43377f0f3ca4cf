import click

from onestory import setup
from onestory.agencies.models import Area
from onestory.commands.serve_ import address, must_be_free, serve
from synthetic import demo


@click.command("demo")
@click.option("--port", default=8000, show_default=True)
@click.option("--reset", is_flag=True, help="Throw the made-up area away and begin afresh.")
def command(port, reset):
    """Load the made-up area, keep its data between starts, and serve it."""
    must_be_free("127.0.0.1", port)
    if reset:
        setup.drop_database()
    setup.prepare_database()
    setup.migrate()
    setup.apply_policies()
    new = not Area.objects.exists()
    setup.load_pack_of("thurrock")
    if new:
        demo.load()
    click.echo(f"\nOneStory is at {address('127.0.0.1', port)} with made-up people only.\n")
    demo.print_sign_ins()
    click.echo("\nPress Ctrl-C to stop. The data stay; RESET=1 starts afresh.\n")
    serve(host="127.0.0.1", port=port, workers=2)
