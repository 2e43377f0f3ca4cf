"""Loads the past into a database that is set up for the area: all of it or nothing, once."""

from collections.abc import Callable, Iterator
from random import Random

from django.utils import timezone

from synthetic.county import tables
from synthetic.county.ledger import COLUMNS, Ledger
from synthetic.county.place import Place
from synthetic.county.scribe import Scribe
from synthetic.county.stories import Story
from synthetic.past import housing, hub, keeping, quotas, sericc, staff
from synthetic.past.teller import Teller

SEED = "past"
# Where the references of the past begin, far from those of the county.
FIRST_REFERENCE = 1 << 38
# Told, written down, loaded, kept.
STEPS = 4


def stories(where: Place) -> Iterator[Story]:
    """Everything that is told of the past, the same every time."""
    children, years = quotas.hub()
    yield from hub.stories(Teller(Random(f"{SEED} hub"), where), children, years)
    yield from housing.stories(Teller(Random(f"{SEED} housing"), where), quotas.housing())
    yield from sericc.stories(Teller(Random(f"{SEED} sericc"), where), quotas.sericc())


def load(progress: Callable[[int], None] = lambda done: None) -> int:
    """Put the past into the database unless it is there; how many stories that were.

    `progress` is called with how many steps of `STEPS` are done since.
    """
    if staff.is_there():
        return 0
    staff.add_staff()
    where = staff.place(timezone.now())
    told = list(stories(where))
    progress(1)
    with tables.connect() as owner, owner.transaction():
        transaction = owner.execute("SELECT pg_current_xact_id()::text::bigint").fetchone()[0]
        ledger = Ledger(Random(f"{SEED} rows"), FIRST_REFERENCE, transaction)
        scribe = Scribe(where, ledger)
        for story in told:
            scribe.write(story)
        progress(1)
        with tables.checked_at_once(owner, list(COLUMNS)):
            for table, rows in ledger.rows.items():
                tables.copy(owner, table, COLUMNS[table], rows)
            progress(1)
    with tables.connect() as owner:
        for table in COLUMNS:
            owner.execute(f"ANALYZE {table}")
    keeping.keep(list(where.everybody))
    progress(1)
    return len(told)
