"""What a team knows of somebody, from answers and from the record, and what it would have to ask."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404

from onestory.access import queries as access
from onestory.access.queries import Cover
from onestory.agencies.actor import Actor
from onestory.agencies.pack import pack
from onestory.assessment import bank
from onestory.assessment.definitions import Instrument, Question
from onestory.assessment.queries.known import Known, answered
from onestory.assessment.queries.recorded import recorded
from onestory.assessment.rules import conditions, values
from onestory.people.models import Person
from onestory.people.queries import records


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
    """What the actor knows of this person, in eight queries at most. `Http404` if nobody.

    Where records are joined, the answers of all are taken together, the latest of each question.
    """
    same = records(by, person_id)
    person = next((person for person in same if person.pk == person_id), None)
    if person is None:
        raise Http404
    covers = {cover.kind: cover for cover in access.envelopes_of(by, person_id)}
    return Picture(person, covers, known_of(by, same))


def missing(by: Actor, person_id: UUID, instrument: str) -> list[Question]:
    """The questions of an instrument that this actor would still have to ask."""
    return picture(by, person_id).missing(bank.instrument(instrument))


def needs_found(by: Actor, person_id: UUID) -> list[str]:
    """The needs of the area that the answers mean, in the order of the area."""
    return needs_of(known_of(by, records(by, person_id)))


def needs_of(known: dict[str, Known]) -> list[str]:
    """The same, where what is known has been read already."""
    found = {
        need
        for code, one in known.items()
        if code in bank.questions()
        for need in values.needs_of(bank.question(code), one.value)
    }
    return [term.code for term in pack().needs if term.code in found]


def known_of(by: Actor, people: Iterable[Person]) -> dict[str, Known]:
    """What she answered; and what is on record, where nobody has asked her."""
    people = list(people)
    answers = answered(people)
    return {**recorded(by, [person.pk for person in people], but=answers), **answers}
