"""Work that is done by itself, by `onestory work`."""

from procrastinate.contrib.django import app

from onestory.agencies.actor import system_actor
from onestory.public.actions import forget_expired


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="forget", lock="forget", pass_context=False)
def forget_what_expired(timestamp: int) -> None:
    """Every ten minutes: delete what has outlived the time that its writer was told of."""
    forget_expired(by=system_actor())
