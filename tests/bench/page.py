"""docs/benchmarks.md: the measured tables, each between its two marks, among words by hand."""

import re
from collections.abc import Sequence

from rich.table import Table

from tests.bench.environment import ROOT, console

PAGE = ROOT / "docs" / "benchmarks.md"

Rows = Sequence[Sequence[str]]


def show(title: str, columns: Sequence[str], rows: Rows) -> None:
    """The table in the terminal."""
    table = Table(title=title)
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number else "left", no_wrap=not number)
    for row in rows:
        table.add_row(*row)
    console.print(table)


def markdown(columns: Sequence[str], rows: Rows) -> str:
    """The table for the page."""
    lines = [columns, ["---", *("---:" for _ in columns[1:])], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def write(mark: str, text: str) -> None:
    """Put `text` between the marks on the page; what stands around them stays."""
    page = PAGE.read_text(encoding="utf-8")
    begin, end = f"<!-- {mark}: written by the command -->", f"<!-- end of {mark} -->"
    pattern = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    if not pattern.search(page):
        raise RuntimeError(f"docs/benchmarks.md has no place for {mark}.")
    new = f"{begin}\n\n{text.strip()}\n\n{end}"
    PAGE.write_text(pattern.sub(lambda _: new, page), encoding="utf-8")
