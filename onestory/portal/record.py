"""Her record as she takes it away: everything that is open to her, in plain words."""

from dataclasses import dataclass
from uuid import UUID

from onestory.agencies.actor import Actor


@dataclass(frozen=True)
class Part:
    """A heading, and lines of (what, words)."""

    title: str
    lines: list[tuple[str, str]]


def parts(by: Actor, person_id: UUID) -> list[Part]:
    """What is open to her."""
    return []
