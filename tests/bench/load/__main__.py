"""Fifty signed-in users at work for two minutes; exit code 1 if anything is not as it should be."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from random import Random
from statistics import quantiles

import click
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from rich.progress import Progress

from onestory import setup
from onestory.agencies.models import User
from onestory.agencies.roles import ROLES
from synthetic.county.place import Place, place
from tests.bench import counties, page
from tests.bench.browser import TOKEN, Browser
from tests.bench.environment import PEOPLE, ROOT, console
from tests.bench.load import checks, work
from tests.bench.load.visitor import Visitor
from tests.bench.load.work import Worker

DATABASE = os.environ["ONESTORY_DATABASE"]
LONGEST = 30


@click.command()
@click.option("--minutes", default=2.0, show_default=True, type=click.FloatRange(0.1, LONGEST))
@click.option("--users", default=50, show_default=True, type=click.IntRange(1, 100))
@click.option("--people", default=PEOPLE, show_default=True, help="In the county.")
@click.option("--write/--no-write", default=True, help="Into docs/benchmarks.md.")
def main(minutes, users, people, write):
    """Let so many users work for so long, then check what they left and what they saw."""
    counties.ensure(people)
    counties.copy(people, DATABASE)
    setup.apply_policies()
    where = place(timezone.now())
    since, visitors = datetime.now(UTC), _signed_in(where, users)
    with counties.owner(DATABASE) as owner:
        before = checks.contacts(owner)
        with _server() as port:
            workers = _work(where, visitors, port, minutes)
        done = work.together(workers)
        written = checks.writes(owner, done, before)
        seen = checks.seen(owner, [visitor for visitor, _ in visitors], since)
    counties.drop(DATABASE)
    faults = _faults(workers, written, seen)
    _print_and_write(workers, done, written, seen, (minutes, users), write)
    for fault in faults[:20]:
        console.print(f"[red]{fault}")
    sys.exit(1 if faults else 0)


def _signed_in(where: Place, users: int) -> list[tuple[Visitor, str]]:
    """Users of every team with their roles, signed in; those who lead the meeting among them."""
    everybody = [
        (user, role)
        for roles in where.staff.values()
        for role, members in roles.items()
        for user in members
    ]
    leading = [one for one in everybody if ROLES[one[1]].permissions & work.AT_THE_TABLE]
    others = [one for one in everybody if one not in leading]
    chosen = leading + Random("load").sample(others, min(users, len(everybody)) - len(leading))
    found = []
    for user, role in chosen:
        browser = Browser(User.objects.get(pk=user))
        cookies = "; ".join(f"{name}={one.value}" for name, one in browser.factory.cookies.items())
        found.append((Visitor(0, cookies, TOKEN, user), role))
    return found


@contextmanager
def _server():
    """The pages as `onestory serve` serves them, on a free port of this machine."""
    call_command("collectstatic", interactive=False, verbosity=0)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    line = [sys.executable, "-m", "gunicorn", "onestory.wsgi", "--bind", f"127.0.0.1:{port}"]
    line += ["--workers", "2", "--threads", "4", "--log-level", "warning"]
    line += ["--worker-tmp-dir", "/dev/shm", "--timeout", "120"]
    process = subprocess.Popen(line, cwd=ROOT, env=counties.environment(DATABASE))
    try:
        _wait_for(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_for(port: int, process: subprocess.Popen) -> None:
    address = f"http://127.0.0.1:{port}{reverse('account_login')}"
    for _ in range(300):
        if process.poll() is not None:
            raise RuntimeError("The server ended before it began.")
        with suppress(OSError):
            urllib.request.urlopen(address, timeout=5)
            return
        time.sleep(0.1)
    raise RuntimeError("The server did not answer in thirty seconds.")


def _work(where: Place, visitors, port: int, minutes: float) -> list[Worker]:
    until = time.monotonic() + minutes * 60
    workers = []
    for number, (visitor, role) in enumerate(visitors):
        visitor.port = port
        workers.append(Worker(number, visitor, role, where, until))
    with Progress(console=console) as progress:
        bar = progress.add_task(f"{len(workers)} people at work", total=minutes * 60)
        for worker in workers:
            worker.start()
        while (left := until - time.monotonic()) > 0:
            time.sleep(min(1, left))
            progress.update(bar, completed=minutes * 60 - max(0, left - 1))
    for worker in workers:
        worker.join(timeout=120)
    return workers


def _faults(workers: list[Worker], written, seen: checks.Seen) -> list[str]:
    """Everything that should not have been."""
    found = [fault for worker in workers for fault in worker.visitor.faults]
    found += [f"user {w.number} stopped: {w.failure!r}" for w in workers if w.failure]
    found += [f"user {w.number} is still waiting" for w in workers if w.is_alive()]
    found += [f"{what}: {n} expected, {m} found" for what, n, m in written if n != m]
    found += [f"{seen.foreign} rows seen that should not be"] if seen.foreign else []
    return found + ([] if work.together(workers).contacts else ["nobody recorded a contact"])


def _print_and_write(workers, done, written, seen, size, write: bool) -> None:
    columns = ("page", "requests", "p50", "p95", "p99")
    rows = [_row(name, took) for name, took in work.times(workers).items()]
    page.show("What the users waited, in milliseconds", columns, rows)
    minutes, users = size
    requests = sum(len(took) for took in work.times(workers).values())
    faults = sum(len(worker.visitor.faults) for worker in workers)
    facts = [
        ["requests", f"{requests:,} ({requests / minutes / 60:.0f} a second)"],
        ["answers that nobody should get", str(faults)],
        *([f"writes: {what}", f"{m:,} of {n:,}"] for what, n, m in written),
        ["told that somebody else was quicker", str(done.overtaken)],
        ["rows named on pages", f"{seen.rows:,}"],
        ["rows seen that should not be", str(seen.foreign)],
    ]
    page.show("What they left and saw", ("", "found"), facts)
    if write:
        about = f"Measured on {date.today():%d %B %Y}: {users} users for {minutes:g} minutes."
        tables = (page.markdown(("", "found"), facts), page.markdown(columns, rows))
        page.write("load", "\n\n".join((about, *tables)))


def _row(name: str, took: list[float]) -> list[str]:
    cuts = quantiles(took, n=100, method="inclusive") if len(took) > 1 else took * 99
    return [
        name,
        f"{len(took):,}",
        *(f"{cuts[percent - 1] * 1000:.0f}" for percent in (50, 95, 99)),
    ]


if __name__ == "__main__":
    main()
