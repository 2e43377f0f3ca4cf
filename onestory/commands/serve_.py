"""Serving: the pages by gunicorn, the queued work by a worker, both ended by Ctrl-C."""

import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress

import click
from django.conf import settings
from django.core.management import call_command

from onestory import database


@click.command("serve")
@click.option("--port", default=8000, show_default=True, envvar="PORT")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--workers", default=2, show_default=True, help="Processes that answer requests.")
def command(port, host, workers):
    """Serve the pages and do the queued work, until Ctrl-C."""
    serve(host=host, port=port, workers=workers)


def serve(*, host: str, port: int, workers: int = 2) -> None:
    """Run until one of the two processes ends or somebody presses Ctrl-C; then end both."""
    must_be_free(host, port)
    call_command("collectstatic", interactive=False, verbosity=0)
    environment = dict(os.environ)
    if database.is_embedded():
        environment[database.STARTED] = os.environ.get(database.STARTED) or database.started()
    pages = [
        *(sys.executable, "-m", "gunicorn", "onestory.wsgi"),
        *("--bind", f"{host}:{port}", "--workers", str(workers), "--threads", "4"),
        *("--log-level", "warning", "--worker-tmp-dir", "/dev/shm", "--timeout", "120"),
    ]
    work = [sys.executable, "-m", "onestory", "work"]
    children = [subprocess.Popen(line, env=environment) for line in (pages, work)]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        while all(child.poll() is None for child in children):
            with suppress(subprocess.TimeoutExpired):
                children[0].wait(timeout=1)
    except KeyboardInterrupt:
        click.echo()
    finally:
        # An impatient second Ctrl-C must not leave a child behind.
        for impatient in (signal.SIGINT, signal.SIGTERM):
            signal.signal(impatient, signal.SIG_IGN)
        for child in children:
            child.terminate()
        for child in children:
            _wait(child)


def _wait(child: subprocess.Popen) -> None:
    try:
        child.wait(timeout=10)
    except subprocess.TimeoutExpired:
        child.kill()


def must_be_free(host: str, port: int) -> None:
    """Say so at once if somebody else answers there already."""
    with socket.socket() as wanted:
        wanted.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            wanted.bind((host, port))
        except OSError as error:
            raise click.ClickException(
                f"Port {port} cannot be used ({error.strerror}). Choose another, as PORT=8001."
            ) from error


def address(host: str, port: int) -> str:
    scheme = "https" if settings.SECURE else "http"
    return f"{scheme}://{host}:{port}/"
