"""Which counts some tables print, and which of them are sums of others: what a reader can reckon with."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from onestory.analysis.periods import WHOLE_PERIOD
from onestory.analysis.report import Cell, Table

TOTALS = frozenset({"Total", WHOLE_PERIOD})
NOT_OF_PEOPLE = frozenset({"pounds"})
Name = tuple[str, int]
"""Who is counted and how many. A count that changed between two releases is another count."""


@dataclass(frozen=True)
class Sum:
    """A count that is the sum of others."""

    total: Name
    parts: tuple[Name, ...]

    @property
    def members(self) -> tuple[Name, ...]:
        return (self.total, *self.parts)


@dataclass
class Counts:
    """The counts that one release lets see, of how many people they are, and their sums."""

    printed: dict[Name, None] = field(default_factory=dict)
    people: dict[Name, int] = field(default_factory=dict)
    sums: dict[Sum, None] = field(default_factory=dict)

    @classmethod
    def of(cls, tables: Iterable[Table]) -> "Counts":
        """Gather them. ValueError where a figure does not say what it is, or two contradict."""
        counts, numbers = cls(), {}
        for table in tables:
            if not table.of_people:
                continue
            grid = [[tuple(names_of(table, at)) for at in row] for row in places(table)]
            for name, declared in _named(table):
                if declared and numbers.setdefault(name[0], name[1]) != name[1]:
                    raise ValueError(
                        f"{table.title}: {name[0]} is {name[1]} here and {numbers[name[0]]} elsewhere."
                    )
                counts.printed[name] = None
            counts.people |= dict(_people(table))
            counts.sums |= dict.fromkeys(_sums(table, grid))
        return counts


def places(table: Table) -> list[list[tuple[int, int]]]:
    """Where each cell stands."""
    return [[(r, c) for c in range(len(table.columns))] for r in range(len(table.rows))]


def names_of(table: Table, at: tuple[int, int]) -> list[Name]:
    """The counts of people that a cell prints or is made of; none for what is of nobody."""
    row, column = at
    cell = table.cells[row][column]
    if not table.of_people or cell.value is None or cell.unit in NOT_OF_PEOPLE:
        return []
    if cell.made:
        return [(count.who, count.number) for count in cell.made.of if count.who]
    if not is_count(cell):
        raise ValueError(
            f"{table.title}: {table.rows[row]}, {table.columns[column]} does not say from which"
            " counts it is made, and so cannot be published."
        )
    return [(cell.who or _who(table, row, column, cell), cell.value)]


def is_count(cell: Cell) -> bool:
    """Whether a cell is itself a count of people or cases."""
    return (
        cell.made is None
        and isinstance(cell.value, int)
        and cell.value >= 0
        and not cell.unit.endswith("percent")
        and not cell.unit.startswith("change")
    )


def _named(table: Table) -> Iterator[tuple[Name, bool]]:
    """Each count that a table lets see, and whether it said itself what it counts."""
    for row in places(table):
        for at in row:
            cell = table.cells[at[0]][at[1]]
            if cell.made and cell.made.how == "average":
                continue  # it is shown or not by how many people it is of, and does not say how many
            for name in names_of(table, at):
                yield name, bool(cell.who or cell.made)


def _people(table: Table) -> Iterator[tuple[Name, int]]:
    """Of how many people each count is that says so: ten contacts may all be of one."""
    for row in places(table):
        for at in row:
            cell = table.cells[at[0]][at[1]]
            of = cell.made.of if cell.made else ()
            if not cell.made and cell.people is not None:
                yield from ((name, cell.people) for name in names_of(table, at))
            for count in of:
                if count.who and count.people is not None:
                    yield (count.who, count.number), count.people


def _who(table: Table, row: int, column: int, cell: Cell) -> str:
    """Of cells that do not say it: totals of one column or row are the same in every table."""
    row_total, column_total = table.rows[row] in TOTALS, table.columns[column] in TOTALS
    if row_total and column_total:
        return f"all {cell.unit}"
    if row_total:
        return f"all {cell.unit}, {table.columns[column]}"
    if column_total:
        return f"{cell.unit} by {table.corner}: {table.rows[row]}"
    return f"{table.name}: {table.rows[row]}, {table.columns[column]}"


def _sums(table: Table, grid: Sequence[Sequence[tuple[Name, ...]]]) -> Iterator[Sum]:
    """The sums along its columns and rows, of the counts and of what its ratios are made of."""
    columns = [list(column) for column in zip(*grid, strict=True)]
    kinds = [[_kind(cell) for cell in row] for row in table.cells]
    for line, kind in zip(columns, zip(*kinds, strict=True), strict=True):
        yield from _along(line, kind, table.rows)
    for line, kind in zip(grid, kinds, strict=True):
        yield from _along(line, kind, table.columns)


def _along(
    line: Sequence[tuple[Name, ...]], kinds: Sequence[str], labels: Sequence[str]
) -> Iterator[Sum]:
    for at, label in enumerate(labels):
        if label not in TOTALS or not line[at] or kinds[at] == "average":
            continue
        beside = range(at) if at else range(1, len(labels))
        for layer, total in enumerate(line[at]):
            parts = tuple(
                line[place][layer]
                for place in beside
                if kinds[place] == kinds[at] and len(line[place]) > layer
            )
            # Where people are counted in several rows, parts do not add up, and nothing follows.
            if parts and sum(number for _, number in parts) == total[1] and parts != (total,):
                yield Sum(total, parts)


def _kind(cell: Cell) -> str:
    return cell.made.how if cell.made else ""
