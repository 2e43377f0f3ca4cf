"""Whom the actor held until somebody gave them back: that it is so, and nothing of whom."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.utils import timezone

from onestory.agencies.actor import Actor
from onestory.agencies.models import Service, Team
from onestory.cases.queries.gone import TOLD_FOR


@dataclass(frozen=True)
class GivenBack:
    """The case of somebody who waited, by its number, and to which team they went back."""

    reference: str
    service: Service | None
    to_team: Team
    at: datetime


def given_back(by: Actor) -> list[GivenBack]:
    """Those of the last days, the latest first. Three queries at most."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM support_given_back(%s) ORDER BY returned_at DESC, reference",
            [timezone.now() - TOLD_FOR],
        )
        rows = cursor.fetchall()
    if not rows:
        return []
    services = Service.objects.in_bulk({row[1] for row in rows if row[1]})
    teams = Team.objects.in_bulk({row[2] for row in rows})
    return [
        GivenBack(reference, services.get(service), teams[team], at)
        for reference, service, team, at in rows
    ]
