"""Goals in the survivor's words, their measures, and the steps that were agreed.

Whoever changes a goal or a step names the row that they saw. Where somebody else was faster it is
superseded already: `Stale`, with the one that holds now.
"""

from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from onestory.agencies.actor import Actor
from onestory.kernel.errors import Refused, Stale
from onestory.kernel.ids import new_id
from onestory.support.actions.episodes import open_episode, signed, write
from onestory.support.actions.once import create_once, sent_before
from onestory.support.models import Episode, Goal, Measure, Step

CHANGED = "Somebody else has changed this while you were writing."
SCALE = range(1, 11)

Planned = TypeVar("Planned", Goal, Step)


@transaction.atomic
def set_goal(
    *,
    by: Actor,
    case_id: UUID,
    goal_id: UUID,
    words: str,
    value: float | None = None,
    instrument: str = "",
    sitting_id: UUID | None = None,
) -> Goal:
    """A goal as she says it, and how near it is at the start: from 1 to 10, or by an instrument."""
    if before := sent_before(Goal, goal_id, case_id=case_id):
        return before
    episode = open_episode(by=by, case_id=case_id)
    goal = create_once(
        Goal,
        goal_id,
        thread=goal_id,
        instrument=instrument,
        words=_said(words),
        **_of(episode),
        **signed(by, episode),
    )
    if value is not None:
        _measure(by, episode, goal, Measure.At.START, value, timezone.localdate(), sitting_id)
    write("goal.set", by, episode, subject=f"goal:{goal.thread}")
    return goal


@transaction.atomic
def reword_goal(*, by: Actor, goal_id: UUID, words: str) -> Goal:
    """The same goal in other words. `goal_id` is the row that was on screen."""
    goal, episode = _locked(by, Goal, goal_id)
    after = _supersede(by, goal, words=_said(words))
    write("goal.reword", by, episode, subject=f"goal:{goal.thread}")
    return after


@transaction.atomic
def measure_goal(
    *,
    by: Actor,
    goal_id: UUID,
    at: str,
    value: float,
    on: date | None = None,
    sitting_id: UUID | None = None,
) -> Measure:
    """How near a goal is now."""
    goal, episode = _locked(by, Goal, goal_id)
    if at not in Measure.At.values:
        raise Refused("Say whether this is a review or the end.")
    day = on or timezone.localdate()
    if day > timezone.localdate():
        raise Refused("That day is still to come.")
    measure = _measure(by, episode, goal, at, value, day, sitting_id)
    write("goal.measure", by, episode, subject=f"goal:{goal.thread}", at=at)
    return measure


@transaction.atomic
def end_goal(*, by: Actor, goal_id: UUID, end: str) -> Goal:
    """A goal is reached, or no longer wanted."""
    goal, episode = _locked(by, Goal, goal_id)
    if end not in dict(Goal.SAID):
        raise Refused("Say what came of the goal.")
    after = _supersede(by, goal, end=end, ended_on=timezone.localdate())
    write("goal.end", by, episode, subject=f"goal:{goal.thread}", end=end)
    return after


@transaction.atomic
def agree_step(
    *,
    by: Actor,
    case_id: UUID,
    step_id: UUID,
    words: str,
    who: str,
    by_on: date | None = None,
    thread: UUID | None = None,
) -> Step:
    """Something that was agreed: what, who does it, by when, and towards which goal."""
    if before := sent_before(Step, step_id, case_id=case_id):
        return before
    episode = open_episode(by=by, case_id=case_id)
    if thread and not Goal.objects.filter(case_id=case_id, thread=thread).exists():
        raise Http404
    if not who.strip():
        raise Refused("Say who does it.")
    step = create_once(
        Step,
        step_id,
        words=_said(words),
        who=who.strip(),
        by_on=by_on,
        thread=thread,
        **_of(episode),
        **signed(by, episode),
    )
    write("step.agree", by, episode, subject=f"step:{step.pk}")
    return step


@transaction.atomic
def step_done(*, by: Actor, step_id: UUID) -> Step:
    """It is done, today."""
    step, episode = _locked(by, Step, step_id)
    if step.done_on:
        return step
    after = _supersede(by, step, done_on=timezone.localdate())
    write("step.done", by, episode, subject=f"step:{step.pk}")
    return after


@transaction.atomic
def drop_step(*, by: Actor, step_id: UUID) -> Step:
    """It is no longer agreed."""
    step, episode = _locked(by, Step, step_id)
    _end(by, step)
    write("step.drop", by, episode, subject=f"step:{step.pk}")
    return step


def leave_off(*, by: Actor, episode: Episode) -> None:
    """The team gives her back: nobody carries the plan any more. What she wants stays hers to read."""
    goals = Goal.objects.filter(case_id=episode.case_id, superseded_at=None, ended_on=None)
    for goal in goals:
        _supersede(by, goal, end=Goal.End.LEFT, ended_on=timezone.localdate())
        write("goal.end", by, episode, subject=f"goal:{goal.thread}", end=Goal.End.LEFT.value)
    steps = Step.objects.filter(case_id=episode.case_id, superseded_at=None, done_on=None)
    for step in steps:
        _end(by, step)
        write("step.drop", by, episode, subject=f"step:{step.pk}")


def _locked(by: Actor, model: type[Planned], key: UUID) -> tuple[Planned, Episode]:
    """A goal or step that holds now, with its episode locked."""
    found = model.objects.filter(pk=key, team_id__in=by.team_ids).first()
    if found is None:
        raise Http404
    episode = open_episode(by=by, case_id=found.case_id)
    found.refresh_from_db()
    if found.superseded_at:
        raise Stale(CHANGED, _now(found))
    if isinstance(found, Goal) and found.ended_on:
        raise Refused("This goal has ended.")
    return found, episode


def _now(row: Planned) -> Planned | None:
    """What holds instead of a row; None where a step was dropped."""
    rows = type(row).objects.filter(case_id=row.case_id, superseded_at=None)
    if isinstance(row, Goal):
        return rows.filter(thread=row.thread).first()
    return rows.filter(words=row.words, who=row.who).first()


def _supersede(by: Actor, row: Planned, **changes) -> Planned:
    """A new row that holds from now on; the one before stays as it was."""
    _end(by, row)
    kept = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.attname not in ("superseded_at", "superseded_by_id")
    }
    now = {"recorded_at": row.superseded_at, "recorded_by_id": by.user_id}
    return type(row).objects.create(**{**kept, **changes, **now, "id": new_id()})


def _end(by: Actor, row: Planned) -> None:
    row.superseded_at, row.superseded_by_id = timezone.now(), by.user_id
    row.save(update_fields=["superseded_at", "superseded_by"])


def _measure(
    by: Actor,
    episode: Episode,
    goal: Goal,
    at: str,
    value: float,
    day: date,
    sitting_id: UUID | None,
) -> Measure:
    if not goal.instrument and value not in SCALE:
        raise Refused("Choose a number from 1 to 10.")
    return Measure.objects.create(
        thread=goal.thread,
        at=at,
        on=day,
        value=value,
        sitting_id=sitting_id,
        **_of(episode),
        **signed(by, episode),
    )


def _of(episode: Episode) -> dict:
    return {"case_id": episode.case_id, "team_id": episode.team_id}


def _said(words: str) -> str:
    if not words.strip():
        raise Refused("Write it down in a few words.")
    return words.strip()
