"""Goals, steps and appointments: of one case for its team, or all that a survivor may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from onestory.agencies.actor import Actor
from onestory.people.queries import records
from onestory.support.models import Goal, Measure, Session, Step

Planned = TypeVar("Planned", Goal, Step)


@dataclass(frozen=True)
class GoalNow:
    """A goal as it is worded now, with its measures, the earliest first."""

    goal: Goal
    measures: tuple[Measure, ...]

    def at(self, when: str) -> Measure | None:
        """The latest of its measures at the start, at a review or at the end."""
        return next((m for m in reversed(self.measures) if m.at == when), None)

    @property
    def first(self) -> Measure | None:
        return self.measures[0] if self.measures else None

    @property
    def latest(self) -> Measure | None:
        return self.measures[-1] if self.measures else None


@dataclass(frozen=True)
class Plan:
    """Goals and agreed steps, as they hold now or held on a day."""

    goals: tuple[GoalNow, ...]
    steps: tuple[Step, ...]
    # The days on which something of it changed, the latest first.
    changed_on: tuple[date, ...] = ()

    @property
    def open_goals(self) -> tuple[GoalNow, ...]:
        return tuple(one for one in self.goals if one.goal.ended_on is None)

    @property
    def open_steps(self) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.done_on is None)


def plan(by: Actor, person_id: UUID) -> Plan:
    """Every goal and step of this person that the actor may see, whichever team's. Four queries.

    For a survivor on her own pages: all of hers; `goal.team` says whose.
    """
    ids = [person.pk for person in records(by, person_id)]
    return _plan(Q(person_id__in=ids), None)


def plan_of_case(by: Actor, case_id: UUID, on: date | None = None) -> Plan:
    """The plan of one case; with `on`, as it was at the end of that day. Three queries."""
    return _plan(Q(case_id=case_id, team_id__in=by.team_ids), on)


def appointments(by: Actor, person_id: UUID) -> list[Session]:
    """Sessions ahead of this person that the actor may see, the next first, with team and worker.

    One that began within the last hours and that nobody has settled is still there.
    """
    ids = [person.pk for person in records(by, person_id)]
    since = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    rows = Session.objects.filter(
        person_id__in=ids, state=Session.State.PLANNED, starts_at__gte=since
    )
    return list(rows.select_related("team", "worker").order_by("starts_at", "id"))


def agreed(by: Actor, model: type[Planned], key: UUID) -> Planned:
    """A goal or a step of the actor's teams, as it is or was. `Http404` for any other."""
    found = model.objects.filter(pk=key, team_id__in=by.team_ids).first()
    if found is None:
        raise Http404
    return found


def _plan(which: Q, on: date | None) -> Plan:
    goals, steps = Goal.objects.filter(which), Step.objects.filter(which)
    rows = [list(_in_order(found)) for found in (goals, steps)]
    held = [[row for row in found if _held(row, on)] for found in rows]
    measures: dict[UUID, list[Measure]] = {}
    if held[0]:
        threads = [goal.thread for goal in held[0]]
        found = Measure.objects.filter(which, thread__in=threads).order_by("on", "recorded_at")
        for measure in found:
            if on is None or measure.on <= on:
                measures.setdefault(measure.thread, []).append(measure)
    return Plan(
        goals=tuple(GoalNow(goal, tuple(measures.get(goal.thread, ()))) for goal in held[0]),
        steps=tuple(held[1]),
        changed_on=_changes([*rows[0], *rows[1]]),
    )


def _in_order(rows: QuerySet) -> QuerySet:
    return rows.select_related("team").order_by("recorded_at", "id")


def _held(row: Goal | Step, on: date | None) -> bool:
    if on is None:
        return row.superseded_at is None
    return _day(row.recorded_at) <= on and not (row.superseded_at and _day(row.superseded_at) <= on)


def _changes(rows: Iterable[Goal | Step]) -> tuple[date, ...]:
    days: set[date] = set()
    for row in rows:
        days.add(_day(row.recorded_at))
        if row.superseded_at:
            days.add(_day(row.superseded_at))
    return tuple(sorted(days, reverse=True))


def _day(moment) -> date:
    return timezone.localtime(moment).date()
