from onestory.analysis.person_columns import WHO
from onestory.analysis.table import Column, Table

TABLE = Table(
    code="shares",
    title="Shares without consent",
    about="A team was told of somebody without being allowed to by them.",
    key="share",
    person="person",
    columns=(
        Column("share", "text", "Which share it is."),
        *WHO,
        Column("shared_on", "date", "The day."),
        Column("team", "text", "The team that told."),
        Column("to_team", "text", "The team that was told."),
        Column("to_organisation", "text", "The organisation of that team."),
        Column("kinds", "text[]", "What it was told: the kinds of envelope."),
        Column("basis", "text", "On what basis: the bases of the area."),
        Column("until", "date", "Until when.", True),
        Column("second_opinion", "bool", "Whether somebody else was asked first."),
        Column("told_on", "date", "The day on which the survivor was told of it.", True),
    ),
)
