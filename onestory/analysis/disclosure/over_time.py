"""Counts of many days that are sums of counts of fewer: a year, of its quarters, wherever they stand."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache

from onestory.analysis.disclosure.counts import Name, Sum

# The first and the last day, as they stand in the name of a count.
DAYS = re.compile(r"(\d{4}-\d\d-\d\d)\W+(\d{4}-\d\d-\d\d)")
ONE_DAY = timedelta(days=1)
Days = tuple[date, date]


def sums_over_time(names: Iterable[Name]) -> Iterator[Sum]:
    """Each count that others, of the same but for their days, make up without gap or overlap.

    What does not add up, as people and what is open at the end of days, is no sum, and nothing
    follows from it.
    """
    kinds: dict[str, dict[date, list[tuple[date, Name]]]] = defaultdict(lambda: defaultdict(list))
    for name in names:
        if found := DAYS.search(name[0]):
            start, end = map(date.fromisoformat, found.groups())
            kinds[DAYS.sub("", name[0], count=1)][start].append((end, name))
    for starts in kinds.values():
        for start, spans in starts.items():
            for end, name in spans:
                if parts := _parts(starts, (start, end), name[1]):
                    yield Sum(name, parts)


def _parts(
    starts: Mapping[date, list[tuple[date, Name]]], days: Days, number: int
) -> tuple[Name, ...] | None:
    """Counts of fewer days that follow each other through all of these and are so many together."""

    @cache
    def through(start: date, left: int) -> tuple[Name, ...] | None:
        if start > days[1]:
            return None if left else ()
        for end, name in sorted(starts.get(start, ()), reverse=True):
            if end > days[1] or (start, end) == days or name[1] > left:
                continue
            rest = through(end + ONE_DAY, left - name[1])
            if rest is not None:
                return name, *rest
        return None

    return through(days[0], number)
