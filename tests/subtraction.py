"""Somebody who reads what was published and reckons: totals less their parts, one table against
another, this release against the last.

It knows more than any reader does: which of the asterisks stand for small counts. It reads only what
is printed, and shares no code with what it attacks.
"""

from collections.abc import Iterable
from math import inf

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from onestory.analysis.report import Table

TOTALS = ("Total", "Whole period")
Pair = tuple[Table, Table]
"""A table as it was published, and as it truly is."""


class Reader:
    """All that somebody knows who has read some tables."""

    def __init__(self, pairs: Iterable[Pair], *, small: range = range(1, 8), nearest: int = 5):
        self.small, self.nearest = small, nearest
        self.known: dict[tuple, tuple[float, float]] = {}
        self.sums: list[tuple[tuple, list[tuple]]] = []
        for printed, true in pairs:
            self._read(printed, true)
        self.places = {key: place for place, key in enumerate(self.known)}

    def small_counts(self) -> list[tuple]:
        """The counts that were too small to print: the last of a key is the true number."""
        return [key for key in self.known if key[-1] in self.small]

    def between(self, key: tuple) -> tuple[int, int]:
        """The least and the most that a count can be."""
        rows = np.zeros((len(self.sums) or 1, len(self.places)))
        for row, (total, parts) in zip(rows, self.sums, strict=False):
            for part in parts:
                row[self.places[part]] += 1
            row[self.places[total]] -= 1
        low, high = zip(*self.known.values(), strict=True)
        ends = []
        for sign in (1, -1):
            wanted = np.zeros(len(self.places))
            wanted[self.places[key]] = sign
            found = milp(
                wanted,
                integrality=np.ones_like(wanted),
                bounds=Bounds(low, np.minimum(high, 1000)),
                constraints=LinearConstraint(rows, 0, 0),
            )
            assert found.x is not None, found.message
            ends.append(round(found.x[self.places[key]]))
        return ends[0], ends[1]

    def _read(self, printed: Table, true: Table) -> None:
        keys = {}
        blank = self._blank(printed)
        for r, row in enumerate(true.rows):
            for c, column in enumerate(true.columns):
                number = true.cells[r][c].value
                where = (row, column) if row in TOTALS else (true.name, row, column)
                key = keys[r, c] = (*where, number)
                low, high = self._said(printed.cells[r][c].text, number, (r, c) in blank)
                before = self.known.get(key, (0, inf))
                self.known[key] = (max(low, before[0]), min(high, before[1]))
        for total, parts in _lines(true):
            if sum(keys[at][-1] for at in parts) == keys[total][-1]:
                self.sums.append((keys[total], [keys[at] for at in parts]))

    def _said(self, text: str, number: int, blank: bool) -> tuple[float, float]:
        if text == "*":
            if blank:
                return 0, inf
            return (1, self.small.stop - 1) if number in self.small else (self.small.stop, inf)
        shown = int(text.replace(",", ""))
        if not shown:
            return 0, 0
        return max(self.small.stop, shown - self.nearest // 2), shown + (self.nearest - 1) // 2

    def _blank(self, printed: Table) -> set[tuple[int, int]]:
        """What stands in a line of nothing but asterisks, which may stand for noughts as well."""
        return {
            at
            for _, parts in _lines(printed)
            for at in parts
            if all(printed.cells[r][c].suppressed for r, c in parts)
        }


def _lines(table: Table) -> Iterable[tuple[tuple[int, int], list[tuple[int, int]]]]:
    """Where each total stands, and where its parts."""
    for r, row in enumerate(table.rows):
        for c, column in enumerate(table.columns):
            if row in TOTALS:
                yield (r, c), [(at, c) for at in range(r)]
            if column in TOTALS:
                yield (r, c), [(r, at) for at in range(c)]
