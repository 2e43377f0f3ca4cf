"""How many contacts were decided so: advice."""

from onestory.analysis.measures.language import col, count
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="contacts-advice",
    title="Contacts answered by advice",
    definition="Contacts answered by advice, of all contacts decided.",
    table="contacts",
    on="received_on",
    counts="contacts",
    numerator=count(col("outcome") == "advice"),
    denominator=count(col("outcome").known),
    groups=("source", "grade", "reason", "to_team", "need", *WHO),
    team="to_team",
    interval="wilson",
    per=100,
    unit="percent",
    source="Contacts recorded by the partnership's teams.",
    caveat="Contacts not decided yet are left out.",
)
