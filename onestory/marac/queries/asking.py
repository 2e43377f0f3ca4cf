"""Which agencies can be asked about a case: those that were not, and those that can be asked again."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from onestory.agencies.actor import Actor
from onestory.agencies.models import Team
from onestory.agencies.pack import pack
from onestory.marac.models import Referral, Research


@dataclass(frozen=True)
class Seat:
    """An agency of the table. `before`: the last time that it was asked; `sees`: whether the survivor's
    record is open to it now."""

    team: Team
    before: Research | None
    sees: bool

    @property
    def can_be_asked(self) -> bool:
        """Not while it sees the case and has yet to answer."""
        return self.before is None or self.before.answered_at is not None or self.has_lapsed

    @property
    def has_lapsed(self) -> bool:
        """It was asked, and what was opened to it has ended since."""
        return self.before is not None and not self.sees


def last_asked(case_ids: Collection[UUID]) -> QuerySet[Research]:
    """Of each agency the last time that it was asked about each of these cases."""
    rows = Research.objects.filter(referral_id__in=case_ids)
    return rows.order_by("referral_id", "team_id", "-recorded_at").distinct(
        "referral_id", "team_id"
    )


def seats(by: Actor, case: Referral) -> list[Seat]:
    """Every agency at the table, by name. Three queries."""
    before = {row.team_id: row for row in last_asked([case.pk])}
    sees = _holders(case)
    rows = Team.objects.filter(code__in=pack().marac_seats, ended_on=None).order_by("name")
    return [Seat(team, before.get(team.pk), team.pk in sees) for team in rows]


def _holders(case: Referral) -> set[UUID]:
    """The teams to which the record that the case lies in is open now. Ids alone."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT g.team_id FROM access_who_knows(%s) g WHERE g.envelope_id = %s"
            " AND g.user_id IS NULL AND g.starts_at <= now()"
            " AND (g.ends_at IS NULL OR g.ends_at > now())",
            [case.person_id, case.envelope_id],
        )
        return {row[0] for row in cursor.fetchall()}
