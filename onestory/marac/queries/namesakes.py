"""Whether somebody at the table is called as one of the two people in a case is."""

from collections.abc import Collection
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from onestory.access.models import Barring
from onestory.agencies.actor import Actor
from onestory.agencies.models import Membership
from onestory.marac.models import Referral
from onestory.people.queries import names


class Namesake(NamedTuple):
    user_id: UUID
    name: str
    team: str


def namesakes(by: Actor, case: Referral, team_ids: Collection[UUID]) -> list[Namesake]:
    """Who works in these teams under the name of the survivor or of the person using abuse, and to
    whom the record is not closed yet. Three queries."""
    people = [key for key in (case.person_id, case.abuser_id) if key]
    called = {_plain(str(who)) for who in names(by, people).values()}
    today = timezone.localdate()
    rows = (
        Membership.objects.filter(team_id__in=team_ids, user__is_active=True, works_cases=True)
        .filter(Q(ends_on=None) | Q(ends_on__gte=today))
        .select_related("user", "team")
    )
    found = [row for row in rows if _plain(row.user.name) in called]
    if not found:
        return []
    barred = set(
        Barring.objects.filter(person_id__in=people, ended_at=None).values_list(
            "user_id", flat=True
        )
    )
    return [
        Namesake(row.user_id, row.user.name, row.team.name)
        for row in found
        if row.user_id not in barred
    ]


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
