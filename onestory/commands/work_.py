import logging

import click
from procrastinate.contrib.django import app


@click.command("work")
def command():
    """Do the queued work: imports, and sealing the record every minute."""
    logging.getLogger("procrastinate").setLevel(logging.WARNING)
    app.run_worker(
        concurrency=1, install_signal_handlers=True, fetch_job_polling_interval=2, name="onestory"
    )
