"""Sittings, and what measures came to in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from onestory.agencies.actor import Actor
from onestory.agencies.roles import Permission
from onestory.assessment import bank
from onestory.assessment.models import Answer, Asking, Sitting
from onestory.assessment.rules import scores
from onestory.assessment.rules.scores import Score
from onestory.people.queries import records


@dataclass(frozen=True)
class Measure:
    """What a measure came to in one sitting."""

    sitting: Sitting
    occasion: str
    score: Score


def sitting(by: Actor, sitting_id: UUID) -> Sitting:
    """A sitting of one of the actor's own teams. `Http404` otherwise."""
    found = Sitting.objects.filter(pk=sitting_id).select_related("team").first()
    if found is None or found.team_id not in by.teams_where(Permission.ASSESS):
        raise Http404
    return found


def sittings(by: Actor, person_ids: Sequence[UUID]) -> QuerySet[Sitting]:
    """Every sitting that is open to the actor, the latest first."""
    rows = Sitting.objects.filter(person_id__in=person_ids)
    return rows.select_related("team", "recorded_by").order_by("-recorded_at", "-id")


def left_in(sitting: Sitting) -> set[str]:
    """The questions that were put to her in it, and that she left for now. One query."""
    rows = Asking.objects.filter(sitting=sitting, outcome=Asking.Outcome.LEFT)
    return set(rows.values_list("question", flat=True))


def open_sitting(by: Actor, person_id: UUID, instrument: str) -> Sitting | None:
    """The sitting over this instrument that the actor has not ended yet."""
    return (
        Sitting.objects.filter(
            person_id=person_id,
            instrument=instrument,
            recorded_by_id=by.user_id,
            team_id__in=by.teams_where(Permission.ASSESS),
            ended_at=None,
        )
        .order_by("-recorded_at")
        .first()
    )


def measures(by: Actor, person_id: UUID, instrument: str) -> list[Measure]:
    """The scores of every sitting over a measure, the first first. Three queries.

    Each is scored by the version that was asked; an answer changed later does not change it.
    """
    ids = [person.pk for person in records(by, person_id)]
    rows = [one for one in reversed(sittings(by, ids)) if one.instrument == instrument]
    answered: dict[UUID, dict] = {}
    for row in Answer.objects.filter(sitting__in=rows).order_by("recorded_at", "id"):
        answered.setdefault(row.sitting_id, {})[row.question] = row.value
    return [
        found for row in rows if row.pk in answered and (found := _measure(row, answered[row.pk]))
    ]


def _measure(row: Sitting, answers: dict) -> Measure | None:
    found = bank.instrument(row.instrument, row.version)
    if found.scoring is None:
        return None
    occasions = {option.code: option.name for option in found.occasions}
    score = scores.score(found, bank.questions(), answers)
    return Measure(row, occasions.get(row.occasion, row.occasion), score)
