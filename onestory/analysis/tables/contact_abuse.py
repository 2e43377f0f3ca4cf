from onestory.analysis.person_columns import WHO
from onestory.analysis.table import Column, Table

TABLE = Table(
    code="contact_abuse",
    title="Kinds of abuse of contacts",
    about="A row for each kind of abuse of each contact.",
    person="person",
    columns=(
        Column("contact", "text", "The contact: a key of `contacts`."),
        *WHO,
        Column("received_on", "date", "The day on which the contact came."),
        Column("from_team", "text", "The team that told."),
        Column("to_team", "text", "The team that was told."),
        Column("abuse", "text", "The kind of abuse."),
    ),
)
