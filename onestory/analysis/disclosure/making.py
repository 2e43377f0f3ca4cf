"""Tables as they are printed: small counts gone, others rounded, all else made again from these."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import floor

from onestory.analysis.disclosure.counts import NOT_OF_PEOPLE, Name, is_count, names_of, places
from onestory.analysis.disclosure.hiding import Seen
from onestory.analysis.disclosure.rule import Rule
from onestory.analysis.report import Cell, Count, Made, Table
from onestory.analysis.statistics import byar, wilson

HALF = Fraction(1, 2)


def printed(table: Table, seen: Mapping[Name, Seen], rule: Rule) -> Table:
    """The table for publication. `seen` says what is shown of each count."""
    if not table.of_people:
        return table
    cells = tuple(tuple(_cell(table, at, seen, rule) for at in row) for row in places(table))
    return replace(table, cells=cells)


def _cell(table: Table, at: tuple[int, int], seen: Mapping[Name, Seen], rule: Rule) -> Cell:
    cell = table.cells[at[0]][at[1]]
    if cell.value is None or cell.unit in NOT_OF_PEOPLE:
        return replace(cell, key=None)
    names = names_of(table, at)
    if cell.made and cell.made.how == "average":
        return _hidden(cell) if any(n in rule.small for _, n in names) else _bare(cell)
    if any(seen[name] is not Seen.ROUNDED for name in names):
        return _hidden(cell)
    if is_count(cell):
        return Cell(rule.rounded(cell.value), cell.unit, who=cell.who)
    return _made_again(cell, rule)


def _hidden(cell: Cell) -> Cell:
    return Cell(None, cell.unit, suppressed=True)


def _bare(cell: Cell) -> Cell:
    """Without the way to its records, and without how many it is of."""
    return Cell(cell.value, cell.unit, low=cell.low, high=cell.high)


def _made_again(cell: Cell, rule: Rule) -> Cell:
    made = cell.made
    numbers = [rule.rounded(c.number) if c.who else c.number for c in made.of]
    exact = HOW[made.how](made.times, *numbers)
    if exact is None:
        return Cell(None, cell.unit, gap=cell.gap)
    low, high = _interval(made, numbers)
    said = tuple(Count(n, c.who) for n, c in zip(numbers, made.of, strict=True))
    return Cell(
        _to_places(exact, made.places),
        cell.unit,
        made=replace(made, of=said),
        low=low,
        high=high,
    )


def _interval(made: Made, numbers: list[int]) -> tuple[float | None, float | None]:
    if made.interval == "wilson":
        found = wilson(*numbers)
    elif made.interval == "byar":
        found = byar(numbers[0]).times(1 / numbers[1])
    else:
        return None, None
    return found.low * made.times, found.high * made.times


def _to_places(exact: Fraction, places: int) -> int | Decimal:
    """Rounded, halves away from nought."""
    scaled = exact * 10**places
    whole = floor(abs(scaled) + HALF) * (-1 if scaled < 0 else 1)
    return Decimal(whole).scaleb(-places) if places else whole


HOW: Mapping[str, Callable[..., Fraction | None]] = {
    "ratio": lambda times, a, b: Fraction(times * a, b) if b else None,
    "difference": lambda times, a, b: Fraction(times * (a - b)),
    "growth": lambda times, a, b: Fraction(100 * (a - b), b) if b else None,
}
