"""The work with Rowan ends today."""

from django.utils import timezone

from onestory.cases.models import Case
from onestory.support import actions
from onestory.support.actions.endings import Ended
from onestory.support.models import Episode


def end_everything(as_, found) -> None:
    """Nora ends her case; the plan is settled, and nothing that was planned takes place."""
    with as_("nora") as by:
        case = Case.objects.get(pk=found.case.pk)
        version = Episode.objects.get(case=case).version
        ended = Ended(
            on=timezone.localdate(),
            reason="support-completed",
            outcome="goals-reached",
            told_survivor=True,
            drop_planned=True,
            absence="work-ended",
            goals={found.goal_id: ("partly", 6)},
        )
        actions.end_case(by=by, case_id=case.pk, version=version, ended=ended)
