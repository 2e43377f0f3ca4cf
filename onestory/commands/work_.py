import logging

import click
from procrastinate.contrib.django import app


@click.command("work")
def command():
    """Do the queued work: imports, and sealing the record every minute."""
    logging.getLogger("procrastinate").setLevel(logging.WARNING)
    with app.replace_connector(app.connector.get_worker_connector()) as worker:
        worker.run_worker(concurrency=1, name="onestory", delete_jobs="successful")
