"""How long a decision takes."""

from onestory.analysis.measures.language import col, hours, median
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="contacts-hours-to-decide",
    title="Hours to decide, median",
    definition=(
        "Hours from the coming in of a contact to its decision, nights and weekends "
        "counted: half took less."
    ),
    table="contacts",
    on="received_on",
    counts="contacts",
    numerator=median(hours(col("received_at"), col("decided_at"))),
    groups=("grade", "source", "to_team", *WHO),
    team="to_team",
    unit="hours",
    source="Contacts recorded by the partnership's teams.",
    caveat="Contacts not decided yet are left out.",
    lower_is_better=True,
)
