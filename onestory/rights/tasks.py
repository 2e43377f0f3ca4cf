"""Work that is done by itself, by `onestory work`: finding what is due, deleting what was decided."""

from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from onestory.access.acting import acting
from onestory.agencies.actor import system_actor
from onestory.kernel.errors import Refused
from onestory.rights import actions

PURPOSE = "retention"


@app.periodic(cron="15 3 * * *")
@app.task(queueing_lock="retention", lock="retention", pass_context=False)
def find_what_is_due(timestamp: int) -> None:
    """Every night: records whose time is over come before the guardians."""
    with acting(system_actor(), purpose=PURPOSE) as scope:
        actions.find_due(by=scope.actor, today=timezone.localdate())


@app.task(name=actions.ERASE, lock="erase")
def erase(*, deletion_id: str) -> None:
    """Delete a record as two people decided; if something stands in the way now, it waits."""
    try:
        with acting(system_actor(), purpose=PURPOSE) as scope:
            actions.erase(by=scope.actor, deletion_id=UUID(deletion_id))
    except Refused:
        return  # Held meanwhile, or cancelled: somebody has to decide again.
