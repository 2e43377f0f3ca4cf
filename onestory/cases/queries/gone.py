"""Referrals that are open to the receiving team no longer: that they are not, and nothing of whom."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.utils import timezone

from onestory.agencies.actor import Actor
from onestory.agencies.models import Service, Team

TOLD_FOR = timedelta(days=14)


@dataclass(frozen=True)
class Gone:
    """One of them. `how`: withdrawn, declined, returned, or closed (by consent, or by its day)."""

    referral_id: UUID
    from_team: Team
    service: Service | None
    sent_at: datetime
    gone_at: datetime
    how: str


def gone(by: Actor) -> list[Gone]:
    """Those of the last days, the latest first. Three queries at most."""
    return _gone(None, timezone.now() - TOLD_FOR)


def gone_one(by: Actor, referral_id: UUID) -> Gone | None:
    """This one, if the actor's team had it, may know so, and has it no longer."""
    return next(iter(_gone([referral_id], timezone.now())), None)


def _gone(which: list[UUID] | None, since: datetime) -> list[Gone]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM cases_gone(%s::uuid[], %s) ORDER BY gone_at DESC, referral_id",
            [which, since],
        )
        rows = cursor.fetchall()
    if not rows:
        return []
    teams = Team.objects.in_bulk({row[1] for row in rows})
    services = Service.objects.in_bulk({row[2] for row in rows if row[2]})
    return [
        Gone(key, teams[team], services.get(service), sent_at, gone_at, how)
        for key, team, service, sent_at, gone_at, how in rows
    ]
