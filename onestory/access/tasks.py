"""Work that is done by itself, by `onestory work`."""

from procrastinate.contrib.django import app

from onestory.access.actions import seal_all
from onestory.agencies.actor import system_actor


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="seal", lock="seal", pass_context=False)
def seal_the_record(timestamp: int) -> None:
    """Every minute: seal the entries that have come since."""
    seal_all(by=system_actor())
