"""Safety plans as they stand and stood."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from onestory.agencies.actor import Actor
from onestory.agencies.pack import pack
from onestory.people.queries import records
from onestory.risk.models import RiskChange, SafetyPlan, SafetyPlanStep


@dataclass(frozen=True)
class Heading:
    """A part of a plan, with its steps."""

    code: str
    name: str
    steps: list[SafetyPlanStep]


@dataclass(frozen=True)
class PlanView:
    """A version of a plan, with what the actor may see of its steps. `versions`: the newest first."""

    version: SafetyPlan
    headings: list[Heading]
    versions: list[SafetyPlan] = field(default_factory=list)
    # What changed the danger after it was agreed.
    since: list[RiskChange] = field(default_factory=list)

    @property
    def is_newest(self) -> bool:
        return self.version.pk == self.versions[0].pk

    @property
    def must_be_reviewed(self) -> bool:
        return bool(self.since) or self.version.review_on <= timezone.localdate()


def plan(by: Actor, person_id: UUID, version: int | None = None) -> PlanView | None:
    """The plan as it stands, or as it stood in one version. None where there is none; `Http404` for a
    version that never was."""
    ids = [person.pk for person in records(by, person_id)]
    every = list(versions(by, ids))
    if not every and version is None:
        return None
    shown = next((v for v in every if version in (None, v.version)), None)
    if shown is None:
        raise Http404
    since = RiskChange.objects.filter(person_id__in=ids, recorded_at__gt=shown.recorded_at)
    return PlanView(shown, by_heading(_held_at(ids, shown)), every, list(since))


def newest(by: Actor, person_ids: Sequence[UUID]) -> SafetyPlan | None:
    """The version that holds now, of the records of one human being."""
    return versions(by, person_ids).first()


def versions(by: Actor, person_ids: Sequence[UUID]) -> QuerySet[SafetyPlan]:
    """Every version, the newest first."""
    return (
        SafetyPlan.objects.filter(person_id__in=person_ids)
        .select_related("team", "recorded_by")
        .order_by("-version", "-recorded_at")
    )


def steps_now(person_ids: Sequence[UUID]) -> QuerySet[SafetyPlanStep]:
    """The steps that hold now, as far as they are open to the actor."""
    rows = SafetyPlanStep.objects.filter(person_id__in=person_ids, superseded_at=None)
    return rows.order_by("recorded_at", "id")


def by_heading(steps: Iterable[SafetyPlanStep]) -> list[Heading]:
    """Steps in the order of the area's headings; those of a heading that is gone come last."""
    found: dict[str, list[SafetyPlanStep]] = {}
    for step in steps:
        found.setdefault(step.heading, []).append(step)
    order = [term.code for term in pack().plan_headings]
    codes = sorted(found, key=lambda code: order.index(code) if code in order else len(order))
    return [Heading(code, pack().plan_headings.name(code), found[code]) for code in codes]


def _held_at(ids: Sequence[UUID], version: SafetyPlan) -> QuerySet[SafetyPlanStep]:
    """The steps of a version: those that held when it was agreed."""
    held = Q(superseded_at=None) | Q(superseded_at__gt=version.recorded_at)
    rows = SafetyPlanStep.objects.filter(
        held, person_id__in=ids, recorded_at__lte=version.recorded_at
    )
    return rows.order_by("recorded_at", "id")
