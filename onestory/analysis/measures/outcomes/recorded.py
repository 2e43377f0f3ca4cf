"""How many closed cases say what came of them."""

from onestory.analysis.measures.language import col, count
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="outcomes-recorded",
    title="Closed cases with an outcome",
    definition="Cases closed with an outcome written down, of all cases closed.",
    table="cases",
    on="closed_on",
    counts="cases",
    numerator=count(col("outcome").known),
    denominator=count(),
    groups=("team", "service", "ending_reason", *WHO),
    interval="wilson",
    per=100,
    unit="percent",
    source="The cases of the partnership's teams.",
)
