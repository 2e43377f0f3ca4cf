"""What was counted of a report as plain JSON and back again, exactly, as frozen editions are."""

from datetime import date

from onestory.analysis.compiled.counting import Counted
from onestory.analysis.compiled.definition import Definition
from onestory.analysis.frozen import exactly, plainly
from onestory.analysis.periods import Span
from onestory.analysis.report import Section


def to_plain(counted: Counted) -> list:
    """The tables, each with its chart, which mostly shows that table."""
    return [
        plainly(Section(key, "", (), (table,), _charts(counted, key)))
        for key, table in counted.tables.items()
    ]


def from_plain(
    plain: list, definition: Definition, made_at, counted_to: date, now: Span, before: Span
) -> Counted:
    """What `to_plain` was given, of the same definition, snapshot and period."""
    sections = [exactly(one) for one in plain]
    return Counted(
        definition,
        made_at,
        counted_to,
        now,
        before,
        {section.key: section.tables[0] for section in sections},
        {section.key: section.charts[0] for section in sections if section.charts},
    )


def _charts(counted: Counted, key: str) -> tuple:
    return (counted.charts[key],) if key in counted.charts else ()
