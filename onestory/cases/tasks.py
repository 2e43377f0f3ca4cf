"""Long work of the cases, done by `onestory work`. A job carries ids only."""

from uuid import UUID

from django.http import Http404
from procrastinate.contrib.django import app

from onestory.access.acting import acting
from onestory.agencies.actor import actor_of, system_actor
from onestory.agencies.models import Team, User
from onestory.cases.actions.case_list_runs import (
    Watched,
    begin_import,
    end_import,
    run_import,
)
from onestory.kernel.errors import Refused

PURPOSE = "case list import"


@app.task(name="cases.import_case_list")
def import_case_list(*, import_id: str, user_id: str, team_id: str) -> None:
    """Import a list that its manager has said yes to.

    The cases are written as that person, whose permission may have ended meanwhile; that it has,
    or what else came of it, is written down as the system.
    """
    key = UUID(import_id)
    system = system_actor(team=Team.objects.get(pk=team_id).code)
    try:
        with acting(system, purpose=PURPOSE):
            begin_import(by=system, import_id=key)
    except Refused:
        return  # Cancelled before its turn came.
    by = actor_of(User.objects.get(pk=user_id))
    try:
        with Watched(by, key) as progress, acting(by, purpose=PURPOSE):
            run_import(by=by, import_id=key, progress=progress)
    except (Refused, Http404) as why:
        _end(system, key, why)
    except Exception as why:
        _end(system, key, why)
        raise


def _end(system, key: UUID, why: Exception) -> None:
    with acting(system, purpose=PURPOSE):
        end_import(by=system, import_id=key, why=why)
