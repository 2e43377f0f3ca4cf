"""How many sessions were held."""

from onestory.analysis.measures.language import col, count
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="sessions-held",
    title="Sessions held",
    definition="Sessions that were attended.",
    table="sessions",
    on="starts_on",
    counts="sessions",
    numerator=count(col("attended").yes),
    groups=("team", "kind", "channel", "own", *WHO),
    interval="byar",
    unit="sessions",
    source="Sessions recorded by the partnership's teams.",
)
