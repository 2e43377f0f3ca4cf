from onestory.analysis.person_columns import PERSON, WHO
from onestory.analysis.table import Column, Table

_, SEX, *_ = WHO

TABLE = Table(
    code="risk_changes",
    title="Changes of danger",
    about="Something after which a safety plan may no longer fit, such as a release from prison.",
    key="risk_change",
    person="person",
    columns=(
        Column("risk_change", "text", "Which change it is."),
        PERSON,
        SEX,
        Column("age", "int", "Age in whole years on the day of the change.", True),
        Column("team", "text", "The team that wrote it down."),
        Column("kind", "text", "What has changed."),
        Column("changed_on", "date", "The day on which it changed."),
        Column("written_on", "date", "The day on which it was written down."),
        Column("had_plan", "bool", "Whether there was a safety plan then."),
        Column("plan_agreed_on", "date", "The day on which the plan was next agreed.", True),
    ),
)
