"""Whom somebody holds, and what is due: the home page of whoever works with survivors."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from onestory.agencies.actor import Actor
from onestory.cases.models import Case, Referral
from onestory.cases.queries.worklist import TAKEN_BACK
from onestory.kernel.keyset import Window, window
from onestory.support.models import Episode, Session
from onestory.support.queries.calling import how_many_to_call

# More than so many are not counted: each row is asked whether it is open to the actor.
MOST_COUNTED = 99

_COUNTS = """
    SELECT mine.people, mine.due,
      (SELECT count(*) FROM (
        SELECT 1 FROM cases_case c
        WHERE c.team_id = ANY(%(teams)s) AND c.closed_on IS NULL AND c.person_id IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM support_episode e
            WHERE e.case_id = c.id AND e.holder_id IS NOT NULL)
        LIMIT %(most)s) AS nobodys),
      (SELECT count(*) FROM (
        SELECT 1 FROM cases_referral
        WHERE from_team_id = ANY(%(teams)s) AND acknowledge_by < %(now)s
          AND accepted_at IS NULL AND declined_at IS NULL AND withdrawn_at IS NULL
          AND returned_at IS NULL AND (acknowledged_at IS NULL OR answer_by < %(now)s)
          AND NOT EXISTS (
            SELECT 1 FROM access_withdrawal w JOIN access_consent c ON c.id = w.consent_id
            WHERE w.consent_id = cases_referral.consent_id AND w.kinds @> c.kinds)
        LIMIT %(most)s) AS late)
    FROM (
      SELECT count(*) AS people, count(*) FILTER (WHERE check_in_on <= %(today)s) AS due
      FROM (
        SELECT e.check_in_on FROM support_episode e JOIN cases_case c ON c.id = e.case_id
        WHERE e.holder_id = %(me)s AND e.ended_on IS NULL AND c.closed_on IS NULL
        ORDER BY e.check_in_on LIMIT %(most)s) AS soonest
    ) AS mine
"""


@dataclass(frozen=True)
class Counts:
    """How many are held, how many of those are due, and what else waits. Each up to MOST_COUNTED + 1."""

    people: int
    due: int
    nobodys: int
    late: int
    calls: int


def counts(by: Actor, now: datetime, today: date) -> Counts:
    """At most two queries; they count and load nothing."""
    values = {
        "me": by.user_id,
        "teams": list(by.team_ids),
        "today": today,
        "now": now,
        "most": MOST_COUNTED + 1,
    }
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, values)
        people, due, nobodys, late = cursor.fetchone()
    return Counts(people, due, nobodys, late, how_many_to_call(by))


def held(by: Actor, *, after: str = "", before: str = "") -> Window:
    """The episodes that the actor holds, those first whom they are to ask soonest. One query."""
    rows = _open_episodes().filter(holder_id=by.user_id, team_id__in=by.team_ids)
    return window(rows, ("check_in_on", "id"), after=after, before=before)


def of_teams(by: Actor, *, after: str = "", before: str = "") -> Window:
    """Every episode that somebody in the actor's teams holds. One query."""
    rows = _open_episodes().filter(team_id__in=by.team_ids).exclude(holder=None)
    return window(rows, ("check_in_on", "id"), after=after, before=before)


def nobodys(by: Actor, *, after: str = "", before: str = "") -> Window:
    """Open cases of the actor's teams that nobody holds, the oldest first. One query."""
    rows = Case.objects.filter(
        Q(episode=None) | Q(episode__holder=None), team_id__in=by.team_ids, closed_on=None
    ).exclude(person=None)
    return window(rows.select_related("team"), ("opened_on", "id"), after=after, before=before)


def late(by: Actor, *, after: str = "", before: str = "") -> Window:
    """Referrals of the actor's teams that nobody has acknowledged or answered in time. One query."""
    now = timezone.now()
    rows = Referral.objects.filter(
        Q(acknowledged_at=None) | Q(answer_by__lt=now),
        ~TAKEN_BACK,
        from_team_id__in=by.team_ids,
        acknowledge_by__lt=now,
        accepted_at=None,
        declined_at=None,
        withdrawn_at=None,
        returned_at=None,
    ).select_related("to_team", "service")
    return window(rows, ("acknowledge_by", "id"), after=after, before=before)


def _open_episodes() -> QuerySet[Episode]:
    """Each with `next_at`, when its next session is."""
    ahead = Session.objects.filter(
        case_id=OuterRef("case_id"), state=Session.State.PLANNED, starts_at__gte=timezone.now()
    )
    # What was given back is closed as a case, and nobody's to hold.
    rows = Episode.objects.filter(ended_on=None, case__closed_on=None)
    beside = ("team", "service", "holder", "referral__service", "referral__moved_from")
    return rows.select_related(*beside).annotate(
        next_at=Subquery(ahead.order_by("starts_at").values("starts_at")[:1])
    )
