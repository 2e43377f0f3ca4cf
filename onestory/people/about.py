"""Whom a page of a person is about, for the rooms that add to it: their cards and their timeline."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar
from uuid import UUID

from onestory.agencies.actor import Actor

Found = TypeVar("Found")


@dataclass(frozen=True)
class About:
    """One human being: the ids of all records that the actor knows, the one that is kept first, and
    of which kinds an envelope is open.
    """

    by: Actor
    ids: Sequence[UUID]
    open: frozenset[str]
    answers: dict[Callable, list] = field(default_factory=dict, repr=False)

    def once(self, question: Callable[[Actor, Sequence[UUID]], Iterable[Found]]) -> list[Found]:
        """What it finds of these records. A room's card and its timeline ask alike: the second time
        costs nothing.
        """
        if question not in self.answers:
            self.answers[question] = list(question(self.by, self.ids))
        return self.answers[question]
