"""How much time is spent in sessions."""

from onestory.analysis.measures.language import col, total
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="sessions-minutes",
    title="Minutes in sessions",
    definition="Minutes of all sessions attended for which they are written down.",
    table="sessions",
    on="starts_on",
    counts="sessions",
    numerator=total(col("minutes"), col("attended").yes),
    groups=("team", "kind", "channel", *WHO),
    unit="minutes",
    source="Sessions recorded by the partnership's teams.",
)
