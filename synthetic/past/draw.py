"""Drawing by lot so that the counts come out exactly."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from onestory.kernel.calendar import LONDON

# When people come and work is done.
OPENS, CLOSES = 8, 20


def spread(counts: Mapping[str, int]) -> list[str]:
    """Each code as often as it counts, in the order of the codes."""
    return [code for code, number in counts.items() for _ in range(number)]


def shuffled(random: Random, counts: Mapping[str, int]) -> list[str]:
    """Each code as often as it counts, in any order."""
    codes = spread(counts)
    random.shuffle(codes)
    return codes


def some(random: Random, number: int, of: int) -> list[bool]:
    """True so many times among so many, in any order."""
    return [lot < number for lot in random.sample(range(of), of)]


def aligned(random: Random, one: Sequence, other: Sequence, looseness: float = 0.1) -> list[tuple]:
    """Pairs of two lists of one length: what is early in the one is mostly early in the other."""
    spread_over = looseness * len(other)
    keys = [place + random.gauss(0, spread_over) for place in range(len(other))]
    order = sorted(range(len(other)), key=keys.__getitem__)
    pairs = list(zip(one, (other[place] for place in order), strict=True))
    random.shuffle(pairs)
    return pairs


def around(random: Random, mean: int, most: int, number: int) -> list[int]:
    """Whole numbers with exactly this mean, none further from it than `most`."""
    off = [random.randint(1, most) for _ in range(number // 2)]
    found = [mean + one for one in off] + [mean - one for one in off]
    found += [mean] * (number % 2)
    random.shuffle(found)
    return found


def moment(random: Random, start: date, end: date) -> datetime:
    """Some moment of the working hours of some day, from the first to the last."""
    day = start + timedelta(days=random.randint(0, (end - start).days))
    return at(day, OPENS + random.random() * (CLOSES - OPENS))


def at(day: date, hour: float) -> datetime:
    """An hour of a day in London, as a moment that hours can be added to."""
    clock = time(int(hour), int(hour % 1 * 60))
    return datetime.combine(day, clock, LONDON).astimezone(UTC)
