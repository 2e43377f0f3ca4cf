"""What an area has agreed on accounts under a pseudonym: which facts are compared, and how many."""

from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from onestory.agencies.area.vocabulary import Entry, Term, Vocabulary


class SealedFact(Term):
    """A fact about the person using abuse that is compared. `points`: how much it tells alone."""

    kind: Literal["name", "digits", "handle", "plate", "year"]
    points: int = Field(gt=0, le=10)


class Sealed(Entry):
    """How much must be alike before two navigators are told, and how codes and evidence are kept."""

    points_needed: int = Field(default=3, gt=0)
    warn_days: int = Field(default=60, gt=0)
    wrong_codes: int = Field(default=5, gt=0)
    wrong_codes_minutes: int = Field(default=60, gt=0)


SEALED_VOCABULARIES: dict[str, type[Term]] = {"sealed_facts": SealedFact, "evidence_kinds": Term}


@dataclass(frozen=True, kw_only=True)
class PartOfPackSealed:
    """What a pack has of these."""

    sealed: Sealed
    sealed_facts: Vocabulary[SealedFact]
    evidence_kinds: Vocabulary[Term]
