"""What a table of a compiled report shows, in sentences made of what is printed of it."""

from collections.abc import Iterator

from onestory.analysis.compiled.growing import CHANGE
from onestory.analysis.disclosure.counts import TOTALS, is_count
from onestory.analysis.prose import listed, percentage
from onestory.analysis.report import Cell, Table

TARGET = "Target"
BENCHMARK = "Benchmark"
BESIDE = (CHANGE, TARGET, BENCHMARK)
NAMED = 3
MOST_NAMED = 5
MOST_SENTENCES = 6


def sentences(table: Table) -> Iterator[str]:
    """A sentence for each of a few figures; of many, which are the largest and what changed most."""
    now = _now(table)
    known = [(row, cells) for row, cells in table.lines if _counts(cells[now])]
    if not known:
        return
    if not TOTALS.intersection(table.rows) and len(table.rows) <= MOST_SENTENCES:
        yield " ".join(_figure(table, row, now) for row, _ in known)
        return
    groups = [(row, cells[now]) for row, cells in known if row not in TOTALS]
    if said := _most(table, groups, now):
        yield said
    if said := _moved(table):
        yield said


def _counts(cell: Cell) -> bool:
    """Whether there is a figure, and one in which something is counted: a population is not."""
    return cell.value is not None and (not cell.made or any(one.who for one in cell.made.of))


def _now(table: Table) -> int:
    """The column of the period itself: the last that is neither a change nor a target."""
    return max(place for place, column in enumerate(table.columns) if not column.endswith(BESIDE))


def _figure(table: Table, row: str, now: int) -> str:
    """'Contacts received: 5,995 in 2021/22, 5,820 in 2020/21 (+3%); the target is 91%.'"""
    cells = dict(zip(table.columns, table.cells[table.rows.index(row)], strict=True))
    columns = list(reversed(table.columns[: now + 1]))
    said = listed(f"{cells[c].text} in {c}" for c in columns if cells[c].value is not None)
    if (change := cells.get(CHANGE)) and change.value is not None:
        said += f" ({change.text})"
    if (aim := cells.get(TARGET)) and aim.value is not None:
        said += f"; the target is {aim.text}"
    return f"{row}: {said}."


def _most(table: Table, groups: list[tuple[str, Cell]], now: int) -> str:
    """The largest groups, with their part of the whole where they are parts of one."""
    if all(is_count(cell) for _, cell in groups):
        groups = [pair for pair in groups if pair[1].value]
    ranked = sorted(groups, key=lambda pair: -pair[1].value)
    if len(ranked) < 2:
        return ""
    column = table.columns[now]
    if not all(is_count(cell) for _, cell in ranked):
        (high, most), (low, least) = ranked[0], ranked[-1]
        if most.value == least.value:
            return ""
        return (
            f"{table.title}: highest in {column} for {high} ({most.text}), lowest for {low}"
            f" ({least.text})."
        )
    least = ranked[min(NAMED, len(ranked)) - 1][1].value
    named = [pair for pair in ranked if pair[1].value >= least]
    if len(named) > MOST_NAMED:
        return ""
    total = _total(table, now)
    said = listed(f"{row} ({cell.text}{_part(cell, total)})" for row, cell in named)
    return f"{table.title}: the most in {column} were {said}."


def _total(table: Table, now: int) -> Cell | None:
    return next((cells[now] for row, cells in table.lines if row in TOTALS), None)


def _part(cell: Cell, total: Cell | None) -> str:
    if total is None or not total.value or cell.value > total.value:
        return ""
    return f", {percentage(cell.value, total.value)}"


def _moved(table: Table) -> str:
    """What rose and what fell most."""
    changes = [
        (row, cell)
        for row, cells in table.lines
        for column, cell in zip(table.columns, cells, strict=True)
        if column == CHANGE and row not in TOTALS and cell.value
    ]
    if len(changes) < 2:
        return ""
    values = [cell.value for _, cell in changes]
    said = []
    for extreme, verb in ((max(values), "rose"), (min(values), "fell")):
        if (extreme > 0) == (verb == "rose") and values.count(extreme) == 1:
            row, cell = changes[values.index(extreme)]
            said.append(f"{row} {verb} most ({cell.text})")
    return f"{listed(said)}, against the period before." if said else ""
