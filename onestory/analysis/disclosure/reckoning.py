"""What a reader can work out: between what each count must lie, given all that was published.

Exact whole-number reasoning over the sums, by the solver HiGHS that comes with scipy. Every answer
is a world: numbers that would all have been printed in the same way. Worlds are kept, since one
that shows that a count may be 1 often shows the same of others.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import inf

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from onestory.analysis.disclosure.counts import Name, Sum

Range = tuple[int, float]
ANYTHING: Range = (0, inf)
ABOVE_ALL = 10_000
FAR = 1_000
WHOLE = 1e-6
UNSOLVED = "The sums of these tables contradict each other, and so cannot be published: {}"


class Reader:
    """Somebody who knows all sums, and of each count what was printed."""

    def __init__(self, names: Iterable[Name], sums: Iterable[Sum], watched: Sequence[Name]):
        self.sums = tuple(dict.fromkeys(sums))
        everything = dict.fromkeys([*names, *(name for line in self.sums for name in line.members)])
        self.places = {name: place for place, name in enumerate(everything)}
        self.watched = [self.places[name] for name in watched]
        self.beside = _beside(self.sums)
        self.near: dict[Name, list[Sum]] = {}
        self.lows = np.zeros(len(everything))
        self.highs = np.full(len(everything), inf)
        self.truth = np.array([number for _, number in everything], float)
        self.worlds = self.truth[np.newaxis]
        self.possible: np.ndarray | None = None
        self.puzzles: dict[int, tuple[np.ndarray, LinearConstraint]] = {}

    def learn(self, name: Name, range_: Range) -> None:
        """What was printed of a count says that it lies in this range."""
        place = self.places[name]
        self.lows[place], self.highs[place] = range_
        self.possible = None

    def around(self, start: Name) -> list[Sum]:
        """The sums that can tell anything of a count, the nearest first."""
        if start not in self.near:
            reached, found, waiting = {start}, {}, [start]
            for name in waiting:
                for line in self.beside.get(name, ()):
                    found.setdefault(line)
                    waiting += [other for other in line.members if other not in reached]
                    reached.update(line.members)
            self.near[start] = list(found)
        return self.near[start]

    def can_tell(self, name: Name, leaves: int) -> bool:
        """Whether fewer than so many numbers remain possible for a count."""
        place = self.places[name]
        if self.highs[place] - self.lows[place] + 1 < leaves:
            return True
        if not (lines := self.around(name)) or self._spread(place) >= leaves:
            return False
        for sign in (1, -1):
            self._ask(place, sign, lines)
            if self._spread(place) >= leaves:
                return False
        return True

    def _spread(self, place: int) -> float:
        """How many numbers the worlds that are still possible span for a count."""
        if self.possible is None:
            fits = (self.worlds >= self.lows) & (self.worlds <= self.highs)
            self.possible = self.worlds[fits.all(axis=1)]
        found = self.possible[:, place]
        return found.max() - found.min() + 1 if found.size else 0

    def _ask(self, place: int, sign: int, lines: Sequence[Sum]) -> None:
        """Find the world with the least of a count (or the most) that can have been printed so.

        In passing others that are watched are driven to their ends, half of them to either.
        """
        places, equations = self._puzzle(lines)
        wanted = np.zeros(len(self.places))
        wanted[self.watched] = np.where(np.arange(len(self.watched)) % 2, -sign, sign)
        wanted[place] = sign * ABOVE_ALL
        # Far above what is asked, so that a count without an upper end has one for the solver.
        highs = np.minimum(self.highs, self.truth + FAR)
        found = _solved(
            wanted[places],
            Bounds(self.lows[places], highs[places]),
            equations,
        )
        world = self.truth.copy()
        world[places] = found
        self.worlds = np.vstack([self.worlds, world])
        self.possible = None

    def _puzzle(self, lines: Sequence[Sum]) -> tuple[np.ndarray, LinearConstraint]:
        """Which counts these sums tie together, and the sums as equations of them."""
        if id(lines) not in self.puzzles:
            names = list(dict.fromkeys(name for line in lines for name in line.members))
            equations = LinearConstraint(_equations(names, lines), 0, 0)
            self.puzzles[id(lines)] = np.array([self.places[n] for n in names]), equations
        return self.puzzles[id(lines)]


def reachable(names: Iterable[Name], sums: Iterable[Sum]) -> set[Name]:
    """These counts, and all that a chain of sums ties to them."""
    beside, waiting = _beside(sums), list(names)
    found = set(waiting)
    for name in waiting:
        fresh = {other for line in beside.get(name, ()) for other in line.members} - found
        waiting += fresh
        found |= fresh
    return found


def _beside(sums: Iterable[Sum]) -> dict[Name, list[Sum]]:
    """The sums in which each count stands."""
    found = defaultdict(list)
    for line in sums:
        for name in dict.fromkeys(line.members):
            found[name].append(line)
    return found


def _equations(names: Sequence[Name], lines: Sequence[Sum]) -> csr_array:
    at = {name: place for place, name in enumerate(names)}
    rows = np.zeros((len(lines), len(names)))
    for row, line in zip(rows, lines, strict=True):
        for name in line.parts:
            row[at[name]] += 1
        row[at[line.total]] -= 1
    return csr_array(rows)


def _solved(wanted: np.ndarray, bounds: Bounds, equations: LinearConstraint) -> np.ndarray:
    """Most tables are so made that the quick solution is in whole numbers; if not, ask for these."""
    for whole in (0, 1):
        found = milp(
            wanted,
            integrality=np.full(len(wanted), whole),
            bounds=bounds,
            constraints=equations,
        )
        if found.x is None:
            raise ValueError(UNSOLVED.format(found.message))
        nearest = np.round(found.x)
        if np.abs(found.x - nearest).max() < WHOLE and _holds(equations, nearest):
            return nearest
    return nearest


def _holds(equations: LinearConstraint, world: np.ndarray) -> bool:
    return not np.any(equations.A @ world)


def both(one: Range, other: Range | None) -> Range:
    """What follows from two ranges together."""
    return (max(one[0], other[0]), min(one[1], other[1])) if other else one


def together(known: Iterable[Mapping[Name, Range]]) -> dict[Name, Range]:
    """What several releases let know together."""
    found: dict[Name, Range] = {}
    for ranges in known:
        for name, range_ in ranges.items():
            found[name] = both(range_, found.get(name))
    return found
