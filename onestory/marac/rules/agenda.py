"""Which cases come first, and how many there is time for. No database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class Case:
    """What decides the place of a case."""

    id: UUID
    level: str
    repeat: bool
    referred_on: date


def in_order(cases: Iterable[Case], levels: Sequence[str]) -> list[Case]:
    """By risk, then repeats before others, then who has waited longest. `levels`: the least first.

    A level that is not known counts as the highest: somebody referred it on their judgement.
    """
    rank = {level: number for number, level in enumerate(levels)}
    highest = max(len(levels) - 1, 0)
    return sorted(
        cases,
        key=lambda case: (
            -rank.get(case.level, highest),
            not case.repeat,
            case.referred_on,
            case.id,
        ),
    )


def fill(waiting: Sequence[Case], taken: int, room: int) -> tuple[list[Case], list[Case]]:
    """Those that there is still time for, and those that go to the next meeting."""
    left = max(room - taken, 0)
    return list(waiting[:left]), list(waiting[left:])
