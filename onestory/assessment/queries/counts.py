"""How often somebody was asked what they had answered before: counts, and nobody's name."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import connection

from onestory.agencies.models import Team
from onestory.kernel.calendar import LONDON


@dataclass(frozen=True)
class AskedAgain:
    """Questions that one team asked in one month.

    `known`: how many of them had been answered before. `held`: of how many that answer still held.
    """

    team_id: UUID
    team: str
    month: date
    asked: int
    known: int
    held: int

    @property
    def share(self) -> float:
        return self.known / self.asked


def asked_again(team_id: UUID | None, start: date, end: date) -> list[AskedAgain]:
    """By team and month, from `start` up to and with `end`; of one team, or of all. Two queries."""
    since = datetime.combine(start, time.min, LONDON)
    until = datetime.combine(end + timedelta(days=1), time.min, LONDON)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM assessment_asked_again(%s, %s)", [since, until])
        rows = [row for row in cursor.fetchall() if team_id in (None, row[0])]
    names = {team.pk: team.name for team in Team.objects.filter(pk__in={row[0] for row in rows})}
    found = [AskedAgain(row[0], names[row[0]], *row[1:]) for row in rows]
    return sorted(found, key=lambda one: (one.team, one.month))
