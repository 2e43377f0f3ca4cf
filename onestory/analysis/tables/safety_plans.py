from onestory.analysis.person_columns import PERSON, WHO
from onestory.analysis.table import Column, Table

_, SEX, *_ = WHO

TABLE = Table(
    code="safety_plans",
    title="Safety plans",
    about="A version of a survivor's safety plan, as it was agreed. None of its steps is in it.",
    key="plan",
    person="person",
    columns=(
        Column("plan", "text", "Which version of which plan it is."),
        PERSON,
        SEX,
        Column("age", "int", "Age in whole years on that day.", True),
        Column("team", "text", "The team that agreed it with them."),
        Column("agreed_on", "date", "The day on which it was agreed."),
        Column("version", "int", "The number of the version."),
        Column("paper", "text", "Whether it is safe to have it on paper."),
        Column("review_on", "date", "By when it was to be looked at again."),
        Column("agreed_anew_on", "date", "The day of the next version.", True),
    ),
)
