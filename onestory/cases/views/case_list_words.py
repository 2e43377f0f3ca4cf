"""The tables of the case-list pages: what was found, as rows to show."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.urls import reverse

from onestory.agencies.area import Column as ListColumn
from onestory.agencies.area import Pack
from onestory.cases.models import CaseListImport
from onestory.kernel.components import Cell, Column
from onestory.kernel.templatetags.pages import moment

FAULT_COLUMNS = ("Where", "Found", "What is wrong", "Expected")
FAULT_FILE_COLUMNS = ("Row", "Column", "Found", "What is wrong", "Expected")
UNDERSTOOD_COLUMNS = ("Column", "In your list", "Understood as", Column("Cases", numeric=True))
EXPECTED_COLUMNS = ("Column", "Must be filled", "What may stand there")
HISTORY_COLUMNS = ("File", "Team", "When", "By", "What came of it")

KINDS = {
    "text": "Your reference for the case, each one once",
    "date": "A date",
    "term": "One of: {names}",
    "terms": "One or more, with {separator} between them: {names}",
}


class Table(NamedTuple):
    columns: Sequence[Column | str]
    rows: list[list]


def years_table(years: dict[str, dict[str, int]], pack: Pack) -> Table:
    """Cases by the financial year of opening and by category, with totals."""
    terms = [t for t in pack.categories if any(t.code in numbers for numbers in years.values())]
    columns = ["Year", *(Column(t.name, numeric=True) for t in terms), Column("All", numeric=True)]
    lines = dict(years)
    if len(years) > 1:
        lines["All years"] = sum(map(Counter, years.values()), Counter())
    rows = [
        [year, *(_number(n.get(t.code, 0)) for t in terms), _number(sum(n.values()))]
        for year, n in lines.items()
    ]
    return Table(columns, rows)


def understood_rows(words: Iterable[Sequence]) -> list[list]:
    """How each spelling was understood. In quotes, since it may end in a blank."""
    return [
        [column, f"\N{LEFT SINGLE QUOTATION MARK}{found}\N{RIGHT SINGLE QUOTATION MARK}", name]
        + [_number(rows)]
        for column, found, name, rows, _ in words
    ]


def fault_rows(faults: Iterable[Sequence]) -> list[list]:
    """Where each fault is, what was found, what is wrong with it, what was expected."""
    return [[_where(row, column), *rest] for row, column, *rest in faults]


def fault_file_rows(faults: Iterable[Sequence]) -> list[list]:
    """The faults for a spreadsheet, which sorts them by row or by column."""
    return [[_safe("" if cell is None else str(cell)) for cell in fault] for fault in faults]


def expected_rows(pack: Pack) -> list[list]:
    """The columns that a list may have, whether they must be filled, and with what."""
    return [
        [column.name, "Yes" if column.required else "No", _what(column, pack)]
        for column in pack.case_list.columns
    ]


def history_rows(runs: Iterable[CaseListImport]) -> list[list]:
    """The lists brought in before, each leading to its page."""
    return [
        [
            Cell(run.file_name, reverse("cases:case-list-import", args=[run.pk])),
            run.team.name,
            moment(run.started_at),
            run.started_by.name,
            outcome(run),
        ]
        for run in runs
    ]


def outcome(run: CaseListImport) -> str:
    """What came of a list, in a line."""
    if run.state == CaseListImport.State.DONE:
        return counts(run)
    if run.state == CaseListImport.State.REFUSED:
        return "1 fault" if run.faults == 1 else f"{run.faults:,} faults"
    return run.get_state_display()


def counts(run: CaseListImport) -> str:
    """'685 new, 0 changed, 0 unchanged'."""
    return f"{run.added:,} new, {run.changed:,} changed, {run.unchanged:,} unchanged"


def cases(number: int) -> str:
    return "1 case" if number == 1 else f"{number:,} cases"


def yes_words(run: CaseListImport) -> str:
    """What the button says that imports the list."""
    if not run.changed:
        return f"Import {cases(run.added)}"
    if not run.added:
        return f"Change {cases(run.changed)}"
    return f"Import {cases(run.added)} and change {run.changed:,}"


def _where(row: int | None, column: str | None) -> str:
    place = f"Row {row}" if row else "The file"
    return f"{place}, {column}" if column else place


def _safe(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text


def _what(column: ListColumn, pack: Pack) -> str:
    names = ""
    if column.vocabulary:
        names = ", ".join(name for _, name in pack.vocabulary(column.vocabulary).choices())
    return KINDS[column.kind].format(names=names, separator=column.separator)


def _number(number: int) -> str:
    return f"{number:,}"
