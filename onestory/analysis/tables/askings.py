from onestory.analysis.person_columns import WHO
from onestory.analysis.table import Column, Table

TABLE = Table(
    code="askings",
    title="Questions asked",
    about="A question was put to somebody, and whether it had been answered before. No answers.",
    key="asking",
    person="person",
    columns=(
        Column("asking", "text", "Which asking it is."),
        Column("sitting", "text", "The sitting: a key of `sittings`."),
        *WHO,
        Column("team", "text", "The team that asked."),
        Column("asked_on", "date", "The day."),
        Column("instrument", "text", "The instrument that has the question."),
        Column("question", "text", "The question: see the reference page of questions."),
        Column("known", "bool", "Whether it had been answered before."),
        Column("held", "bool", "Whether that answer still held."),
        Column("outcome", "text", "Answered, confirmed or left."),
    ),
)
