"""What a team knows of somebody from answers: who asked, when, and whether it still holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils import timezone

from onestory.agencies.actor import Actor
from onestory.assessment import bank
from onestory.assessment.definitions import Question
from onestory.assessment.models import Answer
from onestory.assessment.rules import again, values
from onestory.people.models import Person
from onestory.people.queries import records


@dataclass(frozen=True)
class Known:
    """An answer that holds now, or did when it was given.

    `asked_by`, `who` and `at` say who asked first; the `confirmed_` ones who last asked whether it
    still holds.
    """

    question: str
    text: str
    value: Any
    in_words: str
    note: str
    asked_by: str
    who: str
    at: datetime
    # How it came to stand as it does now: asked, confirmed, told or corrected.
    how_now: str
    ask_again_on: date | None
    holds: bool
    # None for what is on record without anybody having asked, such as somebody's sex.
    answer_id: UUID | None
    envelope_id: UUID
    sitting_id: UUID | None
    confirmed_by: str = ""
    confirmed_at: datetime | None = None


def known(by: Actor, person_id: UUID) -> dict[str, Known]:
    """What was answered, by question. Three queries."""
    return answered(records(by, person_id))


def answered(people: Iterable[Person]) -> dict[str, Known]:
    """The answers of all the records of one human being, the latest of each question."""
    ids = [person.pk for person in people]
    rows = _read(Answer.objects.filter(person_id__in=ids, superseded_at=None))
    return {one.question: one for one in rows}


def history(by: Actor, person_id: UUID, question: str) -> list[Known]:
    """Every answer that was ever given to a question, the latest first."""
    ids = [person.pk for person in records(by, person_id)]
    return _read(Answer.objects.filter(person_id__in=ids, question=question))[::-1]


def _read(rows: QuerySet[Answer]) -> list[Known]:
    """Answers with who asked, the earliest first. One query; another if some were confirmed."""
    found = list(_with_names(rows).order_by("recorded_at", "id"))
    ids = [row.confirms_id for row in found if row.confirms_id]
    first = _with_names(Answer.objects).in_bulk(ids) if ids else {}
    questions, now = bank.questions(), timezone.now()
    return [_as_known(row, first.get(row.confirms_id), questions, now) for row in found]


def _with_names(rows) -> QuerySet[Answer]:
    """Names alone, not whole rows: there may be a hundred answers on a page."""
    return rows.annotate(team_name=F("team__name"), who=F("recorded_by__name"))


def _as_known(
    row: Answer, confirmed: Answer | None, questions: dict[str, Question], now: datetime
) -> Known:
    question = questions.get(row.question)
    first = confirmed or row
    return Known(
        question=row.question,
        text=question.text if question else row.question,
        value=row.value,
        in_words=values.in_words(question, row.value) if question else str(row.value),
        note=row.note,
        asked_by=first.team_name,
        who=first.who,
        at=first.recorded_at,
        how_now=row.how,
        ask_again_on=again.ask_again_on(question, row.recorded_at) if question else None,
        holds=again.holds(question, row.recorded_at, now) if question else False,
        answer_id=row.pk,
        envelope_id=row.envelope_id,
        sitting_id=row.sitting_id,
        confirmed_by=row.team_name if confirmed else "",
        confirmed_at=row.recorded_at if confirmed else None,
    )
