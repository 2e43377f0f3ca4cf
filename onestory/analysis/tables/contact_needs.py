from onestory.analysis.person_columns import WHO
from onestory.analysis.table import Column, Table

TABLE = Table(
    code="contact_needs",
    title="Needs of contacts",
    about="A row for each need of each contact: the one it was made for, and those beside it.",
    person="person",
    columns=(
        Column("contact", "text", "The contact: a key of `contacts`."),
        *WHO,
        Column("received_on", "date", "The day on which the contact came."),
        Column("from_team", "text", "The team that told."),
        Column("to_team", "text", "The team that was told."),
        Column("need", "text", "The need."),
        Column("presenting", "bool", "Whether it is the presenting need; else a contributory one."),
    ),
)
