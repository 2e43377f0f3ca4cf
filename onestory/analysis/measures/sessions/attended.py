"""How many sessions were attended."""

from onestory.analysis.measures.language import col, count
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="sessions-attended",
    title="Sessions attended",
    definition="Sessions attended, of all whose time is over.",
    table="sessions",
    on="starts_on",
    counts="sessions",
    numerator=count(col("attended").yes),
    denominator=count(col("attended").known),
    groups=("team", "kind", "channel", "own", *WHO),
    interval="wilson",
    per=100,
    unit="percent",
    source="Sessions recorded by the partnership's teams.",
)
