"""Loads the past into a database that is set up for the area: all of it or nothing, once."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from random import Random

import psycopg
from django.utils import timezone

from synthetic.county import tables
from synthetic.county.danger import Meeting
from synthetic.county.ledger import COLUMNS, Ledger
from synthetic.county.place import Place
from synthetic.county.scribe import Scribe
from synthetic.county.stories import Story
from synthetic.past import housing, hub, keeping, marac, quotas, sericc, staff
from synthetic.past.teller import Teller

SEED = "past"
# Where the references of the past begin, far from those of the county.
FIRST_REFERENCE = 1 << 38
PARTS = 12
# Told, each part loaded, checked, kept.
STEPS = PARTS + 3


def stories(where: Place) -> Iterator[Story]:
    """Everything that is told of the past, the same every time."""
    children, years = quotas.hub()
    yield from hub.stories(Teller(Random(f"{SEED} hub"), where), children, years)
    yield from housing.stories(Teller(Random(f"{SEED} housing"), where), quotas.housing())
    yield from sericc.stories(Teller(Random(f"{SEED} sericc"), where), quotas.sericc())


def at_marac(where: Place) -> tuple[list[Meeting], list[marac.Pair]]:
    """Its meetings and whoever was heard there, the same every time."""
    return marac.stories(Teller(Random(f"{SEED} marac"), where))


def load(progress: Callable[[], None] = lambda: None) -> int:
    """Put the past into the database unless it is there; how many stories that were.

    `progress` is called after each of `STEPS` steps.
    """
    if staff.is_there():
        return 0
    staff.add_staff()
    where = staff.place(timezone.now())
    told, brought = list(stories(where)), at_marac(where)
    progress()
    with tables.connect() as owner, owner.transaction():
        with tables.bare_within(owner, list(COLUMNS)):
            _write_down(owner, where, told, brought, progress)
        progress()
    with tables.connect() as owner:
        for table in COLUMNS:
            owner.execute(f"ANALYZE {table}")
    keeping.keep(list(where.everybody))
    progress()
    return len(told) + len(brought[1])


def _write_down(
    owner: psycopg.Connection,
    where: Place,
    told: list[Story],
    brought: tuple[list[Meeting], list[marac.Pair]],
    progress: Callable[[], None],
) -> None:
    """In parts: while PostgreSQL takes one in, the next is written."""
    transaction = owner.execute("SELECT pg_current_xact_id()::text::bigint").fetchone()[0]
    random, reference = Random(f"{SEED} rows"), FIRST_REFERENCE
    with ThreadPoolExecutor(1) as copying:
        jobs = []
        for part in range(PARTS):
            ledger = Ledger(random, reference, transaction)
            scribe = Scribe(where, ledger)
            for story in told[part::PARTS]:
                scribe.write(story)
            marac.write(scribe, *(some[part::PARTS] for some in brought))
            reference = ledger.next_reference
            jobs.append(copying.submit(_copy, owner, ledger, progress))
        for job in jobs:
            job.result()


def _copy(owner: psycopg.Connection, ledger: Ledger, progress: Callable[[], None]) -> None:
    for table, rows in ledger.rows.items():
        tables.copy(owner, table, COLUMNS[table], rows)
    progress()
