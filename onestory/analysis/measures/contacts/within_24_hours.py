"""How many decisions took no more than 24 hours."""

from onestory.analysis.measures.language import col, count, hours
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="contacts-within-24-hours",
    title="Contacts decided within 24 hours",
    definition=(
        "Contacts decided within 24 hours of coming in, nights and weekends counted, of "
        "all contacts decided."
    ),
    table="contacts",
    on="received_on",
    counts="contacts",
    numerator=count(hours(col("received_at"), col("decided_at")) <= 24),
    denominator=count(col("decided_at").known),
    groups=("grade", "source", "to_team", *WHO),
    team="to_team",
    interval="wilson",
    per=100,
    unit="percent",
    source="Contacts recorded by the partnership's teams.",
    target="contacts-within-24-hours",
)
