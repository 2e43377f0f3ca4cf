"""How many cases were closed."""

from onestory.analysis.measures.language import count
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="cases-closed",
    title="Cases closed",
    definition="Cases closed by a team, whenever they were opened.",
    table="cases",
    on="closed_on",
    counts="cases",
    numerator=count(),
    groups=("team", "service", "category", "ending_reason", "outcome", *WHO),
    interval="byar",
    unit="cases",
    source="The cases of the partnership's teams.",
)
