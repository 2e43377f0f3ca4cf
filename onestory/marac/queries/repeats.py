"""What others noticed after a referral, as far as a coordinator may know: which case, when, by whom."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db import connection
from django.utils import timezone

from onestory.agencies.actor import Actor
from onestory.agencies.pack import pack
from onestory.marac.queries.cases import tables_of


class Found(NamedTuple):
    referral_id: UUID
    day: date
    team_id: UUID


def found_repeats(by: Actor) -> list[Found]:
    """What was noticed of the same two within the months of the rule, and nobody has looked at."""
    rule = pack().marac_rule(timezone.localdate())
    if rule is None or not tables_of(by):
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT referral_id, day, team_id FROM marac_found_repeats(%s)", [rule.repeat_months]
        )
        return [Found(*row) for row in cursor.fetchall()]
