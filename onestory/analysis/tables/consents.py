from onestory.analysis.person_columns import WHO
from onestory.analysis.table import Column, Table

TABLE = Table(
    code="consents",
    title="Consents",
    about="Somebody was asked whether a team may know, and said yes or no.",
    key="consent",
    person="person",
    columns=(
        Column("consent", "text", "Which consent it is."),
        *WHO,
        Column("asked_on", "date", "The day on which they were asked."),
        Column("team", "text", "The team that asked."),
        Column("to_team", "text", "The team that was to know."),
        Column("to_organisation", "text", "The organisation of that team."),
        Column("kinds", "text[]", "What it was to know: the kinds of envelope."),
        Column("given", "bool", "Whether they said yes."),
        Column("how", "text", "How they said so."),
        Column("capacity", "text", "Who decided, and whether they could."),
        Column("until", "date", "Until when they agreed.", True),
        Column("withdrawn_on", "date", "The first day on which they took any of it back.", True),
    ),
)
