from onestory.analysis.person_columns import WHO
from onestory.analysis.table import Column, Table

TABLE = Table(
    code="sittings",
    title="Sittings of an assessment",
    about="A team sat down with somebody over an instrument, such as a risk assessment.",
    key="sitting",
    person="person",
    columns=(
        Column("sitting", "text", "Which sitting it is."),
        *WHO,
        Column("team", "text", "The team."),
        Column("instrument", "text", "The instrument: see the reference page of instruments."),
        Column("occasion", "text", "At the start, at a review or at the end, if it matters.", True),
        Column("begun_on", "date", "The day on which it began."),
        Column("ended_on", "date", "The day on which it was ended.", True),
        Column("questions", "int", "How many questions were put."),
        Column("known", "int", "Of these, how many had been answered before."),
        Column("again", "int", "Of those, how many were asked though the answer still held."),
    ),
)
