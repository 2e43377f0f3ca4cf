from onestory.analysis.person_columns import WHO
from onestory.analysis.table import Column, Table

TABLE = Table(
    code="people",
    title="People",
    about="Everybody of whom there is a record; two records that were joined are one of them. "
    "Survivors, children and people who use abuse alike: what somebody is, other tables say.",
    key="person",
    person="person",
    columns=(
        *WHO,
        Column("known_since", "date", "The day on which they were first recorded."),
        Column("contacts", "int", "How many contacts there were about them."),
        Column("cases", "int", "How many cases there were with them."),
    ),
)
