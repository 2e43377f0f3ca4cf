from onestory.analysis.person_columns import PERSON, WHO
from onestory.analysis.table import Column, Table

_, SEX, *_ = WHO

TABLE = Table(
    code="risk_checklists",
    title="Checklists of danger",
    about="What a checklist came to, and how the danger was judged: asked here, or sent by somebody "
    "outside. Where they live is not in it, nor any answer.",
    key="checklist",
    person="person",
    columns=(
        Column("checklist", "text", "Which result it is."),
        PERSON,
        SEX,
        Column("age", "int", "Age in whole years on that day.", True),
        Column("team", "text", "The team that asked, or wrote down what was sent."),
        Column("assessed_on", "date", "The day on which it was asked."),
        Column("instrument", "text", "The form."),
        Column("version", "int", "Its version; 0 for a form that others ask."),
        Column("from_outside", "bool", "Whether somebody outside sent the result."),
        Column("yes", "int", "Answered with yes; of a result from outside what it came to.", True),
        Column("no", "int", "Answered with no; missing where it was not asked here.", True),
        Column("unknown", "int", "Not known, or not said; as above.", True),
        Column("not_asked", "int", "Not asked; as above.", True),
        Column("computed", "text", "The level by count, where a rule says one.", True),
        Column("rule", "text", "That rule of the area.", True),
        Column("level", "text", "The level as it was judged."),
        Column(
            "above",
            "bool",
            "Whether it was judged higher than by count; missing where no rule says a level.",
            True,
        ),
    ),
)
