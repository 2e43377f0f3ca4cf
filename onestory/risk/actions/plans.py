"""The safety plan: agreed with her as a whole, each time as a new version."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from onestory.access.models import Kind
from onestory.agencies.actor import Actor
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.kernel import record
from onestory.kernel.errors import Refused, Stale
from onestory.people.actions.envelopes import Held, hold, written
from onestory.people.queries import records
from onestory.risk.actions import drafts
from onestory.risk.models import SafetyPlan, SafetyPlanStep
from onestory.risk.queries.plans import newest, steps_now

PLAN = "plan"
LONGEST = 500
CHANGED = "A colleague agreed another version while you were writing. Both are below."
NOT_HELD = (
    "Your team does not hold what is known of her support, so a step cannot be kept for her and you "
    "alone. Share it, or leave it out."
)


@dataclass(frozen=True)
class Given:
    """A step as it stands on the page. `step_id`: the one that it was, if it was there before."""

    heading: str
    words: str
    shared: bool
    suggestion: str = ""
    step_id: UUID | None = None


@transaction.atomic
def agree_plan(
    *,
    by: Actor,
    team_id: UUID,
    person_id: UUID,
    seen: int,
    paper: str,
    steps: Sequence[Given],
    tab: str = "",
) -> SafetyPlan:
    """Agree the plan as it stands now. What is no longer among `steps` holds no longer.

    `seen`: the version that was on the page (0: none); with another one there, `Stale` has it.
    Private steps of other teams are neither seen nor touched.
    """
    by.must(Permission.CASE_WORK, team_id)
    held, ids = hold(person_id, by=by), [person.pk for person in records(by, person_id)]
    before = newest(by, ids)
    if seen != (before.version if before else 0):
        raise Stale(CHANGED, before)
    _must_suit(paper, steps)
    signed = written(by=by, person_id=person_id, envelope_id=held.to_write(Kind.RISK))
    changed = _Changing(held, team_id, signed, {row.pk: row for row in steps_now(ids)})
    changed.take(steps)
    plan = SafetyPlan.objects.create(
        **signed,
        team_id=team_id,
        version=seen + 1,
        paper=paper,
        review_on=_review_on(),
    )
    drafts.empty(team_id, person_id, PLAN, tab)
    _note(by, plan, changed.envelopes, len(steps))
    return plan


def _note(by: Actor, plan: SafetyPlan, envelopes: set[UUID], steps: int) -> None:
    record.write(
        "plan.agree",
        by=by,
        person_id=plan.person_id,
        envelopes={plan.envelope_id, *envelopes},
        subject=f"plan:{plan.pk}",
        detail={"version": plan.version, "steps": steps},
    )


def _review_on() -> date:
    return timezone.localdate() + timedelta(days=pack().safety_plans.review_days)


def _must_suit(paper: str, steps: Sequence[Given]) -> None:
    if paper not in SafetyPlan.Paper.values:
        raise Refused("Say whether it is safe to have it on paper.")
    if not steps:
        raise Refused("A plan has at least one step.")
    for step in steps:
        if step.heading not in pack().plan_headings:
            raise Refused("Choose what the step is about.")
        if not step.words.strip():
            raise Refused("Write down each step in a few words, or take it out.")
        if len(step.words) > LONGEST:
            raise Refused(f"Keep each step to {LONGEST} characters.")


class _Changing:
    """The steps from one version to the next."""

    def __init__(self, held: Held, team_id: UUID, signed: dict, before: dict[UUID, SafetyPlanStep]):
        self.held, self.team_id, self.signed, self.before = held, team_id, signed, before
        self.envelopes: set[UUID] = set()

    def take(self, steps: Sequence[Given]) -> None:
        kept = {step.step_id for step in steps if self._is_as_before(step)}
        ended = [row for pk, row in self.before.items() if pk not in kept]
        self.envelopes |= {row.envelope_id for row in ended}
        SafetyPlanStep.objects.filter(pk__in=[row.pk for row in ended]).update(
            superseded_at=self.signed["recorded_at"], superseded_by=self.held.by.user_id
        )
        made = [self._made(step) for step in steps if step.step_id not in kept]
        self.envelopes |= {row.envelope_id for row in made}
        SafetyPlanStep.objects.bulk_create(made)

    def _is_as_before(self, step: Given) -> bool:
        row = self.before.get(step.step_id)
        if step.step_id and row is None:
            raise Http404
        mine = row and (row.heading, row.words, row.shared)
        return mine == (step.heading, step.words.strip(), step.shared)

    def _made(self, step: Given) -> SafetyPlanStep:
        lies = {} if step.shared else {"envelope_id": self._support()}
        return SafetyPlanStep(
            **self.signed | lies,
            team_id=self.team_id,
            heading=step.heading,
            words=step.words.strip(),
            shared=step.shared,
            suggestion=step.suggestion,
        )

    def _support(self) -> UUID:
        """Where what is for her and the team alone lies."""
        try:
            return self.held.to_write(Kind.SUPPORT)
        except (Http404, Refused):
            raise Refused(NOT_HELD) from None
