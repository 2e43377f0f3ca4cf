"""How long somebody waited, told honestly. No database.

A wait runs from the day that a service takes somebody on to the day of the first session of its own
that she attends. Support while waiting does not end it, and no session that fell through does.
A pause that she asked for is part of the wait, and shown apart; a pause of the service's is the
service's.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple


class Stretch(NamedTuple):
    """A pause: from a day up to the first day that counts again, or still going on."""

    from_on: date
    until_on: date | None
    by_survivor: bool


@dataclass(frozen=True)
class Wait:
    """Calendar days in all; of these, those that she asked to be left, and those of the service."""

    days: int
    paused_by_survivor: int
    over: bool

    @property
    def of_service(self) -> int:
        return self.days - self.paused_by_survivor


def wait(
    decided_on: date,
    today: date,
    *,
    first_session_on: date | None = None,
    ended_on: date | None = None,
    pauses: Iterable[Stretch] = (),
) -> Wait:
    """How long it was, or is up to today. The first day is not counted and the last one is, as
    nights are: decided on Monday and seen on Tuesday is one day.

    Who came before it was decided has not waited.
    """
    stops = [day for day in (first_session_on, ended_on) if day]
    end = max(decided_on, min(stops, default=today))
    hers = sorted(
        (max(p.from_on, decided_on), min(p.until_on or end, end)) for p in pauses if p.by_survivor
    )
    paused, upto = timedelta(), decided_on
    for start, stop in hers:
        paused += max(timedelta(), stop - max(start, upto))
        upto = max(upto, stop)
    return Wait((end - decided_on).days, paused.days, over=bool(stops))
