"""How great the danger was judged to be, and what has changed it."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from onestory.agencies.actor import Actor
from onestory.agencies.roles import Permission
from onestory.people.queries import records
from onestory.risk.models import Draft, RiskAssessment, RiskChange, RiskChangeSeen


def latest(by: Actor, person_id: UUID) -> RiskAssessment | None:
    """The newest judgement of this human being, as far as it is open to the actor."""
    return assessments(by, person_id).first()


def assessments(by: Actor, person_id: UUID) -> QuerySet[RiskAssessment]:
    """Every one, the newest first."""
    return assessments_of(by, [person.pk for person in records(by, person_id)])


def assessments_of(by: Actor, person_ids: Sequence[UUID]) -> QuerySet[RiskAssessment]:
    """The same, where the records of one human being are known."""
    rows = RiskAssessment.objects.filter(person_id__in=person_ids)
    return rows.select_related("team", "recorded_by").order_by("-assessed_at", "-recorded_at")


def assessment(by: Actor, assessment_id: UUID) -> RiskAssessment:
    """One of them. `Http404` if it is not open to the actor."""
    rows = RiskAssessment.objects.select_related("team", "recorded_by")
    found = rows.filter(pk=assessment_id).first()
    if found is None:
        raise Http404
    return found


def changes(by: Actor, person_ids: Sequence[UUID]) -> QuerySet[RiskChange]:
    """What has changed the danger, the newest first."""
    rows = RiskChange.objects.filter(person_id__in=person_ids)
    return rows.select_related("team", "recorded_by").order_by("-on", "-recorded_at")


def change(by: Actor, change_id: UUID) -> RiskChange:
    """One of them. `Http404` if it is not open to the actor."""
    rows = RiskChange.objects.select_related("team", "recorded_by")
    found = rows.filter(pk=change_id).first()
    if found is None:
        raise Http404
    return found


def seen_by(change: RiskChange) -> list[RiskChangeSeen]:
    """The teams that have seen it, and who it was."""
    rows = RiskChangeSeen.objects.filter(change=change).select_related("team", "recorded_by")
    return list(rows.order_by("recorded_at", "id"))


def draft(by: Actor, person_id: UUID, page: str) -> Draft | None:
    """What somebody of the actor's team typed on a page and did not send."""
    teams = by.teams_where(Permission.CASE_WORK)
    return Draft.objects.filter(person_id=person_id, team_id__in=teams, page=page).first()
