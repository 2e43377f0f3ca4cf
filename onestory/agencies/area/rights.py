"""What an area says of people's rights: how soon an answer is due, and how long a record is kept."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import Field

from onestory.agencies.area.vocabulary import Term, Vocabulary


class RightsClock(Term):
    """How soon a request is answered, and by how much that may be put off: `copy` for a copy of a
    record, `correction` for something that is wrong in it."""

    months: int = Field(gt=0, le=12)
    extend_months: int = Field(default=0, ge=0, le=12)
    from_: date = Field(alias="from")


class Retention(Term):
    """How long a record is kept after the last ending. `until_age`: at least up to that birthday.

    `applies_to`: adults, those who were children then, or whoever has therapy notes. The longest counts.
    """

    applies_to: Literal["adult", "child", "therapy"]
    years: int = Field(gt=0, le=100)
    until_age: int | None = Field(default=None, gt=0, le=100)
    from_: date = Field(alias="from")


class NotesBasis(Term):
    """On what somebody from outside asks for therapy notes, and how soon we answer.

    `compels`: it must be obeyed, or answered to a court. `consent`: it rests on the survivor's yes.
    """

    days: int = Field(gt=0, le=366)
    compels: bool = False
    consent: bool = False


RIGHTS_VOCABULARIES: dict[str, type[Term]] = {
    "rights_clocks": RightsClock,
    "retention": Retention,
    "notes_bases": NotesBasis,
    "notes_stages": Term,
}


@dataclass(frozen=True, kw_only=True)
class PartOfPack:
    """What a pack has of these."""

    rights_clocks: Vocabulary[RightsClock]
    retention: Vocabulary[Retention]
    notes_bases: Vocabulary[NotesBasis]
    notes_stages: Vocabulary[Term]
