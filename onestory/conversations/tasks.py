"""Notices that waited for a safe time. A job carries ids only."""

from uuid import UUID

from django.http import Http404
from procrastinate.contrib.django import app

from onestory.access.acting import acting
from onestory.agencies.actor import system_actor
from onestory.agencies.models import Team
from onestory.conversations import actions, queries


@app.task(name=actions.LATER)
def notify_later(*, person_id: str, team_id: str) -> None:
    """Ask again whether it is safe, for the team that wrote; unless it was read meanwhile."""
    by = system_actor(team=Team.objects.get(pk=team_id).code)
    person, team = UUID(person_id), UUID(team_id)
    with acting(by, purpose="notice of a message"):
        try:
            if queries.waits_for_person(by, person, team):
                actions.notify(by=by, person_id=person, team_id=team)
        except Http404:
            return  # The team does not know them any more.
