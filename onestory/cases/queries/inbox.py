"""How much other teams ask of this one, and who waits for a service of it."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from onestory.agencies.actor import Actor
from onestory.agencies.models import Service
from onestory.agencies.roles import Permission
from onestory.cases.models import Referral
from onestory.cases.queries.worklist import UNANSWERED, WAITING

# Each by an index of what is open: asked for together, all that was ever sent would be read.
_COUNTS = """
    SELECT (SELECT count(*) FROM cases_referral
       WHERE to_team_id = ANY(%(teams)s)
         AND accepted_at IS NULL AND declined_at IS NULL AND withdrawn_at IS NULL
         AND returned_at IS NULL),
      (SELECT count(*) FROM cases_referral
       WHERE to_team_id = ANY(%(teams)s) AND accepted_at IS NOT NULL
         AND begun_on IS NULL AND ended_on IS NULL AND returned_at IS NULL),
      (SELECT count(*) FROM cases_referral
       WHERE to_team_id = ANY(%(managed)s) AND acknowledged_at IS NULL AND escalate_at < %(now)s
         AND accepted_at IS NULL AND declined_at IS NULL AND withdrawn_at IS NULL
         AND returned_at IS NULL)
"""


@dataclass(frozen=True)
class Counts:
    """`escalated` is for those who lead the team."""

    answer: int
    waiting: int
    escalated: int


def counts(by: Actor) -> Counts:
    """One query; it counts and loads nothing."""
    values = {
        "teams": list(by.team_ids),
        "managed": list(by.teams_where(Permission.DIRECTORY_KEEP)),
        "now": timezone.now(),
    }
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, values)
        return Counts(*cursor.fetchone())


def own_service(by: Actor, service_id: UUID) -> Service:
    """A service that the actor keeps and that goes on. `Http404` otherwise."""
    mine = by.teams_where(Permission.DIRECTORY_KEEP)
    found = Service.objects.filter(pk=service_id, team_id__in=mine, ended_on=None).first()
    if found is None:
        raise Http404
    return found


def others_of_team(service: Service) -> QuerySet[Service]:
    """Services of the same team to which those who wait could be moved."""
    rows = Service.objects.filter(team_id=service.team_id, ended_on=None)
    return rows.exclude(pk=service.pk).order_by("name", "id")


def waiting_for(by: Actor, service_id: UUID) -> int:
    """How many wait for this service, or for its answer, of those whom the actor may see."""
    return Referral.objects.filter(UNANSWERED | WAITING, service_id=service_id).count()
