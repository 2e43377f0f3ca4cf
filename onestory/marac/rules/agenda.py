"""Which cases come first, and how many there is time for. No database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class Case:
    """What decides the place of a case. `place`: where the coordinator put it, if they did."""

    id: UUID
    level: str
    repeat: bool
    referred_on: date
    place: int | None = None


def in_order(cases: Iterable[Case], levels: Sequence[str]) -> list[Case]:
    """By risk, then repeats before others, then who has waited longest. `levels`: the least first.

    A level that is not known counts as the highest: somebody referred it on their judgement. Cases
    that were put somewhere stay in the order that they were given; each other one comes before the
    first of these that it precedes by its risk.
    """
    rank = {level: number for number, level in enumerate(levels)}
    highest = max(len(levels) - 1, 0)

    def by_risk(case: Case):
        return (-rank.get(case.level, highest), not case.repeat, case.referred_on, case.id)

    cases = list(cases)
    line = sorted((c for c in cases if c.place is not None), key=lambda case: case.place)
    for case in sorted((c for c in cases if c.place is None), key=by_risk):
        later = (at for at, other in enumerate(line) if by_risk(case) < by_risk(other))
        line.insert(next(later, len(line)), case)
    return line


def fill(waiting: Sequence[Case], taken: int, room: int) -> tuple[list[Case], list[Case]]:
    """Those that there is still time for, and those that go to the next meeting."""
    left = max(room - taken, 0)
    return list(waiting[:left]), list(waiting[left:])
