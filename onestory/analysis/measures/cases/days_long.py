"""How long a case lasts."""

from onestory.analysis.measures.language import col, days, median
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="cases-days-long",
    title="Days from opening to closing, median",
    definition=(
        "Days from the opening of a case to its closing, of the cases closed in the "
        "period: half were shorter."
    ),
    table="cases",
    on="closed_on",
    counts="cases",
    numerator=median(days(col("opened_on"), col("closed_on"))),
    groups=("team", "service", "category", "outcome", *WHO),
    unit="days",
    source="The cases of the partnership's teams.",
    caveat="Cases still open are left out, and those are the longest.",
)
