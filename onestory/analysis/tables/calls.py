from onestory.analysis.person_columns import WHO
from onestory.analysis.table import Column, Table

TABLE = Table(
    code="calls",
    title="Calls",
    about="Attempts to speak to somebody, and what came of them.",
    key="call",
    person="person",
    columns=(
        Column("call", "text", "Which call it is."),
        *WHO,
        Column("team", "text", "The team that called."),
        Column("called_on", "date", "The day."),
        Column("called_at", "timestamp", "When, to the minute (UTC)."),
        Column("outcome", "text", "Answered, not-answered, not-safe, wrong-number …"),
        Column("answered", "bool", "Whether they spoke to the person."),
    ),
)
