"""Snapshots: asked for by somebody, made by the system, and both on the record."""

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from onestory.agencies.actor import Actor
from onestory.agencies.roles import Permission
from onestory.analysis.snapshots import Snapshot
from onestory.kernel import record
from onestory.kernel.errors import Refused

MAKE = "reporting.make_snapshot"
UNDER_WAY = "A snapshot is being made already: it takes a few minutes at most."


@transaction.atomic
def ask_for_snapshot(*, by: Actor) -> None:
    """Have a snapshot made by a job. `Refused` while another one waits for its turn."""
    by.must(Permission.SNAPSHOT_MAKE)
    record.write("snapshot.ask", by=by)
    try:
        app.configure_task(MAKE, queueing_lock=MAKE).defer()
    except AlreadyEnqueued as error:
        raise Refused(UNDER_WAY) from error


@transaction.atomic
def note_snapshot(*, by: Actor, snapshot: Snapshot) -> None:
    """Write down that there is a snapshot, and how much is in it."""
    detail = {"name": snapshot.path.name, "rows": sum(snapshot.rows.values())}
    record.write("snapshot.make", by=by, detail=detail)
