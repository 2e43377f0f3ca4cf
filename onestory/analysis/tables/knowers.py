from onestory.analysis.person_columns import PERSON
from onestory.analysis.table import Column, Table

TABLE = Table(
    code="knowers",
    title="Who knows",
    about="A team may know of somebody, from a day and until one. Emergency openings are left out.",
    person="person",
    columns=(
        PERSON,
        Column("team", "text", "The team that may know."),
        Column("organisation", "text", "The organisation of that team."),
        Column("kind", "text", "What it may know: the kind of envelope."),
        Column("basis", "text", "On what basis."),
        Column("since", "date", "From which day."),
        Column("until", "date", "Up to which day.", True),
        Column("now", "bool", "Whether it may know at the time of the snapshot."),
    ),
)
