"""Work that is done by itself, by `onestory work`."""

from django.utils import timezone
from procrastinate.contrib.django import app

from onestory.access.acting import acting
from onestory.agencies.actor import system_actor
from onestory.agencies.models import Team
from onestory.support.actions import close_kept
from onestory.support.models import Ending

PURPOSE = "closing what was kept"


@app.periodic(cron="20 3 * * *")
@app.task(queueing_lock="close-kept", lock="close-kept", pass_context=False)
def close_what_was_kept(timestamp: int) -> None:
    """Each night: close what was kept open after an ending, once its day has passed."""
    for code in Team.objects.values_list("code", flat=True):
        by = system_actor(team=code)
        with acting(by, purpose=PURPOSE):
            for ending_id in _due():
                close_kept(by=by, ending_id=ending_id)


def _due() -> list:
    rows = Ending.objects.filter(closed_at=None, keep_until__lt=timezone.localdate())
    return list(rows.values_list("id", flat=True))
