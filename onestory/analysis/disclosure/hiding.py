"""Which counts are hidden, so that from what remains no small count can be worked out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from math import inf

from onestory.analysis.disclosure.counts import Counts, Name, Sum
from onestory.analysis.disclosure.over_time import sums_over_time
from onestory.analysis.disclosure.reckoning import (
    ANYTHING,
    Range,
    Reader,
    both,
    reachable,
    together,
)
from onestory.analysis.disclosure.rule import Rule


class Seen(Enum):
    """What is printed of a count."""

    ROUNDED = "rounded"
    SMALL = "small"
    """Hidden because it is small."""
    OF_FEW = "of few"
    """Not small, and hidden because it is of few people."""
    BESIDE = "beside"
    """Not small: hidden so that a small one cannot be worked out."""
    WITHHELD = "withheld"
    """Hidden with all others of its line, so that not even this can be told: whether it is small."""


@dataclass(frozen=True)
class Told:
    """What a release lets know of each count, which of them are small, and their sums.

    It is kept with the release and never printed: what is published later is held against it.
    """

    ranges: Mapping[Name, Range]
    small: frozenset[Name]
    sums: tuple[Sum, ...]


@dataclass
class Hiding:
    """The work of hiding the counts of one release, with what earlier ones told in mind."""

    counts: Counts
    rule: Rule
    earlier: Sequence[Told] = ()
    seen: dict[Name, Seen] = field(init=False)
    protected: list[Name] = field(init=False)
    told_before: frozenset[Name] = field(init=False, default=frozenset())

    def __post_init__(self):
        self.before = together(told.ranges for told in self.earlier)
        self.seen = {name: self._at_first(name) for name in self.counts.printed}
        for name, range_ in self.before.items():
            # As it was: now shown, it would open what was hidden.
            if name in self.seen and range_ == ANYTHING:
                self.seen[name] = Seen.WITHHELD
            elif self.seen.get(name) is Seen.ROUNDED and range_[1] == inf:
                self.seen[name] = Seen.BESIDE
        self.protected = [name for name in self.seen if self._at_first(name) is not Seen.ROUNDED]
        sums = [*self.counts.sums, *(line for told in self.earlier for line in told.sums)]
        sums += sums_over_time(dict.fromkeys([*self.before, *self.seen]))
        before = {name for told in self.earlier for name in told.small} - {*self.protected}
        self.protected += sorted(before & reachable(self.seen, sums))
        self.reader = Reader([*self.seen, *self.before], sums, self.protected)
        for name in dict.fromkeys([*self.before, *self.seen]):
            self._show(name)

    def done(self) -> dict[Name, Seen]:
        """Hide what must be hidden, and no more of it than is needed."""
        for name in self.protected:
            self._protect(name)
        self._show_again()
        return self.seen

    def told(self) -> Told:
        """What this release, and nothing else, lets know."""
        ranges = {name: self._range(name) for name in self.seen}
        small = frozenset(n for n in self.seen if self._at_first(n) is not Seen.ROUNDED)
        return Told(ranges, small, tuple(self.counts.sums))

    def _at_first(self, name: Name) -> Seen:
        """What must be hidden whatever stands beside it."""
        if name[1] in self.rule.small:
            return Seen.SMALL
        few = name[1] and self.counts.people.get(name, name[1]) in self.rule.small
        return Seen.OF_FEW if few else Seen.ROUNDED

    def _protect(self, name: Name) -> None:
        lines = self.reader.around(name)
        while self._can_be_told(name):
            if not (self._hide_beside(lines) or self._withhold(lines)):
                # All of it is hidden now: what can still be told, earlier releases have told.
                self.told_before |= {name}
                return

    def _hide_beside(self, lines: Iterable[Sum]) -> bool:
        """Hide one more count: first where a single one is missing in a line, for that shows it."""
        open_lines = [(line, found) for line in lines if (found := self._open(line))]
        alone = [pair for pair in open_lines if self._hidden(pair[0]) == 1]
        for line, found in alone or open_lines:
            parts = [name for name in found if name != line.total]
            self._mark(min(parts or found, key=lambda name: name[1]), Seen.BESIDE)
            return True
        return False

    def _withhold(self, lines: Iterable[Sum]) -> bool:
        """Hide all of a line, noughts too, so that nobody can tell which of them are small."""
        groups = [*(line.parts for line in lines), *((line.total,) for line in lines)]
        for group in groups:
            fresh = [n for n in group if self.seen.get(n, Seen.WITHHELD) is not Seen.WITHHELD]
            for name in fresh:
                self._mark(name, Seen.WITHHELD)
            if fresh:
                return True
        return False

    def _show_again(self) -> None:
        """Print what was hidden in passing and is not needed, the largest first."""
        beside = [name for name in self.seen if self.seen[name] is Seen.BESIDE]
        for name in sorted(beside, key=lambda name: -name[1]):
            self._mark(name, Seen.ROUNDED)
            near = dict.fromkeys(n for line in self.reader.around(name) for n in line.members)
            watched = {*self.protected} - self.told_before
            if any(self._can_be_told(other) for other in near if other in watched):
                self._mark(name, Seen.BESIDE)

    def _can_be_told(self, name: Name) -> bool:
        return self.reader.can_tell(name, self.rule.leaves)

    def _mark(self, name: Name, seen: Seen) -> None:
        self.seen[name] = seen
        self._show(name)

    def _show(self, name: Name) -> None:
        """Let the reader see what is printed of a count, now and before."""
        before = self.before.get(name, ANYTHING)
        printed = self._range(name) if name in self.seen else ANYTHING
        self.reader.learn(name, both(printed, before))

    def _open(self, line: Sum) -> list[Name]:
        """What of a line could still be hidden and would then not be known: noughts stay."""
        return [
            name
            for name in line.members
            if self.seen.get(name) is Seen.ROUNDED
            and name[1]
            and self.before.get(name, ANYTHING)[1] == inf
        ]

    def _hidden(self, line: Sum) -> int:
        return sum(self.seen.get(name, Seen.SMALL) is not Seen.ROUNDED for name in line.members)

    def _range(self, name: Name) -> Range:
        """What can be seen of a count."""
        small = self.rule.small
        return {
            Seen.ROUNDED: self.rule.behind(name[1]),
            Seen.SMALL: (small.start, small.stop - 1),
            Seen.OF_FEW: (small.stop, inf),
            Seen.BESIDE: (small.stop, inf),
            Seen.WITHHELD: ANYTHING,
        }[self.seen[name]]
