"""Snapshots that are made by `onestory work`: every night, and when somebody asks for one."""

from procrastinate.contrib.django import app

from onestory.access.acting import acting
from onestory.agencies.actor import system_actor
from onestory.agencies.pack import pack
from onestory.analysis import snapshots
from onestory.analysis.snapshots import Snapshot
from onestory.reporting.actions.snapshots import MAKE, note_snapshot
from onestory.reporting.preparing import prepare
from onestory.reporting.snapshots import folder, make

PURPOSE = "snapshot"
# They hold what happened to single people, without identity: they do not pile up.
NIGHTS = 31


@app.periodic(cron="40 2 * * *")
@app.task(name="reporting.make_nightly_snapshot", lock="snapshot", pass_context=False)
def make_nightly(timestamp: int) -> None:
    """Every night; and what is older than the last month of them is thrown away."""
    made = _make()
    snapshots.keep(folder(), NIGHTS)
    prepare(made, pack().teams)


@app.task(name=MAKE, lock="snapshot", queueing_lock=MAKE)
def make_asked() -> None:
    """One that somebody asked for."""
    prepare(_make(), pack().teams)


def _make() -> Snapshot:
    made = make()
    with acting(system_actor(), purpose=PURPOSE) as scope:
        note_snapshot(by=scope.actor, snapshot=made)
    return made
