"""What a team knows of somebody from answers: who asked, when, and whether it still holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.http import Http404
from django.utils import timezone

from onestory.access import queries as access
from onestory.access.queries import Cover
from onestory.agencies.actor import Actor
from onestory.agencies.pack import pack
from onestory.assessment import bank
from onestory.assessment.definitions import Instrument, Question
from onestory.assessment.models import Answer
from onestory.assessment.rules import again, conditions, values
from onestory.people.models import Identity, Person
from onestory.people.queries import records

# Recorded with who somebody is, long before anybody sits down with them.
SEX = "about.sex"


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
    # None for what was recorded without asking, such as somebody's sex.
    answer_id: UUID | None
    envelope_id: UUID
    sitting_id: UUID | None
    confirmed_by: str = ""
    confirmed_at: datetime | None = None


@dataclass(frozen=True)
class Picture:
    """What the pages of an assessment are made of: a person, the envelopes, the answers."""

    person: Person
    covers: dict[str, Cover]
    known: dict[str, Known]

    def is_closed(self, question: Question) -> bool:
        """Whether the question's part of the record is kept from the actor."""
        cover = self.covers.get(question.envelope)
        return cover is not None and not cover.is_open

    def may_write(self, question: Question) -> bool:
        """Whether the actor may answer it. What is not begun yet is begun by who asks first."""
        cover = self.covers.get(question.envelope)
        if cover is None:
            return any(cover.may_write for cover in self.covers.values())
        return cover.may_write

    @property
    def values(self) -> dict[str, Any]:
        return {code: known.value for code, known in self.known.items()}

    def asked(self, instrument: Instrument) -> list[Question]:
        """The questions that the instrument puts to somebody of whom this is known."""
        codes = conditions.asked(instrument.items, self.values)
        return [bank.question(code) for code in codes]

    def missing(self, instrument: Instrument) -> list[Question]:
        """Those not answered, as far as the actor can see; without what is closed to them."""
        return [
            question
            for question in self.asked(instrument)
            if question.code not in self.known and not self.is_closed(question)
        ]


def picture(by: Actor, person_id: UUID) -> Picture:
    """What the actor knows of this person from answers, in four queries. `Http404` if nobody.

    Where records are joined, the answers of all are taken together, the latest of each question.
    """
    same = records(by, person_id)
    person = next((person for person in same if person.pk == person_id), None)
    if person is None:
        raise Http404
    covers = {cover.kind: cover for cover in access.envelopes_of(by, person_id)}
    return Picture(person, covers, _known(same))


def known(by: Actor, person_id: UUID) -> dict[str, Known]:
    """What is known by question. Three queries."""
    return _known(records(by, person_id))


def missing(by: Actor, person_id: UUID, instrument: str) -> list[Question]:
    """The questions of an instrument that this actor would still have to ask."""
    return picture(by, person_id).missing(bank.instrument(instrument))


def needs_found(by: Actor, person_id: UUID) -> list[str]:
    """The needs of the area that the answers mean, in the order of the area."""
    return needs_of(known(by, person_id))


def needs_of(known: dict[str, Known]) -> list[str]:
    """The same, where what is known has been read already."""
    found = {
        need
        for code, one in known.items()
        if code in bank.questions()
        for need in values.needs_of(bank.question(code), one.value)
    }
    return [term.code for term in pack().needs if term.code in found]


def history(by: Actor, person_id: UUID, question: str) -> list[Known]:
    """Every answer that was ever given to a question, the latest first."""
    ids = [person.pk for person in records(by, person_id)]
    return _read(Answer.objects.filter(person_id__in=ids, question=question))[::-1]


def _known(people: Iterable[Person]) -> dict[str, Known]:
    ids = [person.pk for person in people]
    answered = _read(Answer.objects.filter(person_id__in=ids, superseded_at=None))
    return {**dict(_recorded(ids)), **{one.question: one for one in answered}}


def _recorded(ids: Iterable[UUID]) -> Iterable[tuple[str, Known]]:
    """What is on record of somebody's identity, and so need not be asked."""
    rows = Identity.objects.filter(person_id__in=ids, superseded_at=None)
    for row in rows.select_related("recorded_by").order_by("recorded_at"):
        question = bank.question(SEX)
        if row.sex and question.option(row.sex):
            yield (
                SEX,
                Known(
                    question=SEX,
                    text=question.text,
                    value=row.sex,
                    in_words=values.in_words(question, row.sex),
                    note="",
                    asked_by="on the person’s page",
                    who=row.recorded_by.name,
                    at=row.recorded_at,
                    how_now="recorded",
                    ask_again_on=None,
                    holds=True,
                    answer_id=None,
                    envelope_id=row.envelope_id,
                    sitting_id=None,
                ),
            )


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
