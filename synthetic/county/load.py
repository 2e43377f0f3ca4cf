"""Fills an empty database with a county, in batches, by several processes."""

import hashlib
import multiprocessing
from collections import Counter
from concurrent.futures import ProcessPoolExecutor, as_completed
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from django.db import connections
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from onestory import setup
from synthetic.county import tables
from synthetic.county.couples import add_danger, how_many
from synthetic.county.ledger import COLUMNS, Ledger
from synthetic.county.place import Place, place
from synthetic.county.scribe import Scribe
from synthetic.county.staff import add_staff
from synthetic.county.stories import LENGTH, story
from synthetic.county.work import STEPS, add_work

ROOT = Path(__file__).resolve().parent.parent.parent
SEED = "county"
BATCH = 1_000
PROCESSES = 3
# More references than a batch can use, so that each has a range of its own.
REFERENCES = 20 * BATCH
EVENTS = ("cases_contact", "cases_referral", "cases_case", "access_entry")
# What the rows depend on: when any of it changes, the county is built anew.
SOURCES = (
    "onestory/**/migrations/*.py",
    "onestory/people/rules/*",
    "synthetic/county/*.py",
    "areas/{area}/*.toml",
)

_at_work: tuple[Place, int] | None = None


def digest(area: str, people: int) -> str:
    """Tells one county from another: by its size and by what it is made with."""
    total = hashlib.sha256(f"{area} {people}".encode())
    for pattern in SOURCES:
        for path in sorted(ROOT.glob(pattern.format(area=area))):
            if path.is_file():
                total.update(path.read_bytes())
    return total.hexdigest()


def build(*, area: str, people: int, console: Console) -> Counter:
    """Set up an empty database and fill it. Returns the number of rows by table."""
    setup.prepare_database()
    setup.migrate()
    setup.apply_policies()
    setup.load_pack_of(area)
    add_staff()
    where = place(timezone.now())
    connections.close_all()
    with Progress(
        TextColumn("{task.description:34}"), BarColumn(), TimeElapsedColumn(), console=console
    ) as bars:
        bar = bars.add_task(f"{people:,} people", total=people)
        bare = tables.Bare(list(COLUMNS))
        counts = _fill(where, people, lambda number: bars.advance(bar, number))
        bar = bars.add_task("danger, and MARAC", total=how_many(people))
        counts += add_danger(where, people, lambda: bars.advance(bar))
        bar = bars.add_task("indexes, constraints, statistics", total=bare.steps())
        bare.put_back(lambda: bars.advance(bar))
        bar = bars.add_task("sessions and goals", total=len(STEPS))
        add_work(where, lambda: bars.advance(bar))
    setup.apply_policies()
    connections.close_all()
    return counts


def _fill(where: Place, people: int, advance) -> Counter:
    global _at_work
    _at_work = where, people
    counts: Counter = Counter()
    starts = range(0, people, BATCH)
    processes = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(PROCESSES, mp_context=processes) as pool:
        jobs = [pool.submit(_fill_batch, start) for start in starts]
        for job in as_completed(jobs):
            counts += job.result()
            advance(job.result()["people_person"])
    return counts


def _fill_batch(start: int) -> Counter:
    """People number `start` and those after; who comes later in the county came later in time."""
    where, people = _at_work
    end = min(start + BATCH, people)
    with tables.connect() as owner, owner.transaction():
        transaction = owner.execute("SELECT pg_current_xact_id()::text::bigint").fetchone()[0]
        ledger = batch(where, start, end, people, transaction)
        for table, rows in ledger.rows.items():
            tables.copy(owner, table, COLUMNS[table], rows)
    return Counter({table: len(rows) for table, rows in ledger.rows.items()})


def batch(where: Place, start: int, end: int, people: int, transaction: int = 0) -> Ledger:
    """The rows about people number `start` to `end` of so many, the same every time."""
    random = Random(f"{SEED} {start}")
    ledger = Ledger(random, start * REFERENCES // BATCH, transaction)
    scribe = Scribe(where, ledger)
    at = start
    while at < end:
        told = story(random, where, _began(where.now, at, people), end - at)
        scribe.write(told)
        at += told.people
    return ledger


def _began(now: datetime, number: int, people: int) -> datetime:
    return now - timedelta(hours=1) - LENGTH * (1 - number / people)
