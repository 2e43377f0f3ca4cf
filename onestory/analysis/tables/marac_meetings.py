from onestory.analysis.table import Column, Table

TABLE = Table(
    code="marac_meetings",
    title="MARAC meetings",
    about="A meeting on people at high risk in which a case was heard.",
    key="meeting",
    columns=(
        Column("meeting", "text", "Which meeting it is."),
        Column("team", "text", "The team that coordinates it."),
        Column("held_on", "date", "The day on which it was held."),
        Column("minutes", "int", "How long it was planned to be."),
        Column("minutes_a_case", "int", "How long for a case."),
        Column("heard", "int", "Cases heard in it, those that were heard before as well."),
    ),
)
