"""How much other teams ask of this one, and who waits for a service of it."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from onestory.agencies.actor import Actor
from onestory.agencies.models import Service
from onestory.agencies.roles import Permission
from onestory.cases.models import Referral
from onestory.cases.queries.worklist import UNANSWERED, WAITING


@dataclass(frozen=True)
class Counts:
    """`escalated` is for those who lead the team."""

    answer: int
    waiting: int
    escalated: int


def counts(by: Actor) -> Counts:
    """One query; it counts and loads nothing."""
    leads = Q(to_team__in=by.teams_where(Permission.DIRECTORY_KEEP))
    unseen = Q(acknowledged_at=None, escalate_at__lt=timezone.now())
    open_ = Referral.objects.filter(UNANSWERED | WAITING, to_team__in=by.team_ids)
    return Counts(
        **open_.aggregate(
            answer=Count("pk", filter=UNANSWERED),
            waiting=Count("pk", filter=WAITING),
            escalated=Count("pk", filter=UNANSWERED & unseen & leads),
        )
    )


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
