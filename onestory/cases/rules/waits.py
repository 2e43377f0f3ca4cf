"""How long somebody will probably wait: as others lately did, or else as the service says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median_high

# Of fewer, one long wait would speak for all; of older ones, the service has changed since.
ENOUGH = 5
LATELY = timedelta(days=182)

MEASURED, STATED = "measured", "stated"


@dataclass(frozen=True)
class Estimate:
    """So many days, by whose word; of how many people, where it was measured."""

    days: int | None = None
    source: str = ""
    people: int = 0


def estimate(recent: Sequence[int], stated: int | None) -> Estimate:
    """The middle of the recent waits, where there are enough; else what the service states.

    Of two middle ones the longer counts: a wait that turns out shorter disappoints nobody.
    """
    if len(recent) >= ENOUGH:
        return Estimate(median_high(recent), MEASURED, len(recent))
    return Estimate(stated, STATED) if stated is not None else Estimate()
