from onestory.analysis.person_columns import WHO
from onestory.analysis.table import Column, Table

TABLE = Table(
    code="refusals",
    title="Services refused",
    about="Somebody was offered a service, and said no.",
    key="refusal",
    person="person",
    columns=(
        Column("refusal", "text", "Which refusal it is."),
        *WHO,
        Column("refused_on", "date", "The day on which it was written down."),
        Column("team", "text", "The team that offered."),
        Column("service", "text", "The service that was offered."),
        Column("service_team", "text", "The team whose service it is."),
        Column("needs", "text[]", "The needs that it was for."),
    ),
)
