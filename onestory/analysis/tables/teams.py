from onestory.analysis.table import Column, Table

TABLE = Table(
    code="teams",
    title="Teams",
    about="The teams of the area, and whose they are: what the codes of the other tables mean.",
    key="team",
    columns=(
        Column("team", "text", "Its code."),
        Column("name", "text", "Its name."),
        Column("kind", "text", "What kind of team it is."),
        Column("organisation", "text", "The code of its organisation."),
        Column("organisation_name", "text", "The name of its organisation."),
        Column("organisation_kind", "text", "What kind of organisation it is."),
        Column("front_door", "bool", "Whether contacts come to it."),
        Column("ended_on", "date", "The day on which it ended.", True),
    ),
)
