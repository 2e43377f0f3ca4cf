from onestory.analysis.person_columns import WHO
from onestory.analysis.table import Column, Table

TABLE = Table(
    code="sessions",
    title="Sessions",
    about="Meetings with somebody, over or still ahead.",
    key="session",
    person="person",
    columns=(
        Column("session", "text", "Which session it is."),
        Column("case_key", "text", "The case: a key of `cases`."),
        *WHO,
        Column("team", "text", "The team whose case it is."),
        Column("starts_on", "date", "The day."),
        Column("starts_at", "timestamp", "When it begins, to the minute (UTC)."),
        Column("kind", "text", "What it is: the kinds of session of the area."),
        Column("own", "bool", "What the service is for; else support while waiting."),
        Column("channel", "text", "How: face to face, by telephone …"),
        Column("minutes", "int", "How long it was.", True),
        Column("state", "text", "Planned, attended or not-attended."),
        Column("attended", "bool", "Whether they came; missing while it is ahead.", True),
        Column("why_not", "text", "Why they did not, or it was cancelled.", True),
    ),
)
