"""How many sessions are support while waiting."""

from onestory.analysis.measures.language import col, count
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="sessions-while-waiting",
    title="Support while waiting",
    definition="Sessions of support while waiting, of all sessions attended.",
    table="sessions",
    on="starts_on",
    counts="sessions",
    numerator=count(col("own").no),
    denominator=count(col("attended").yes),
    groups=("team", "kind", *WHO),
    interval="wilson",
    per=100,
    unit="percent",
    source="Sessions recorded by the partnership's teams.",
)
