"""What an area says of orders against people using abuse, and of telling somebody of the past of another."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import Field

from onestory.agencies.area.vocabulary import Term, Vocabulary


class OrderKind(Term):
    """An order or condition of a court or the police.

    `crime`: to break it is a crime by itself. `most_days`: it cannot be longer. `warn_days`: so
    long before its end those who hold it are told.
    """

    crime: bool = False
    most_days: int | None = Field(default=None, gt=0, le=3660)
    warn_days: int = Field(default=14, ge=0, le=366)


class DisclosureStage(Term):
    """A step towards telling, and within how many days after somebody asked it is due."""

    step: Literal["contact", "meeting", "decision", "told"]
    days: int = Field(gt=0, le=366)
    from_: date = Field(alias="from")


CONDUCT_VOCABULARIES: dict[str, type[Term]] = {
    "order_kinds": OrderKind,
    "disclosure_stages": DisclosureStage,
    "disclosure_sources": Term,
}


@dataclass(frozen=True, kw_only=True)
class PartOfPackConduct:
    """What a pack has of these."""

    order_kinds: Vocabulary[OrderKind]
    disclosure_stages: Vocabulary[DisclosureStage]
    disclosure_sources: Vocabulary[Term]
