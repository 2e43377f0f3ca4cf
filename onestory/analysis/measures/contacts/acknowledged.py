"""How many senders have seen what was decided."""

from onestory.analysis.measures.language import col, count
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="contacts-acknowledged",
    title="Decisions seen by the sender",
    definition="Contacts whose sender has seen the decision, of all contacts decided.",
    table="contacts",
    on="received_on",
    counts="contacts",
    numerator=count(col("acknowledged_at").known),
    denominator=count(col("decided_at").known),
    groups=("source", "from_organisation", "outcome", "to_team", *WHO),
    team="to_team",
    interval="wilson",
    per=100,
    unit="percent",
    source="Contacts recorded by the partnership's teams.",
)
