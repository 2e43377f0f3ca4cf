"""How many sessions did not take place, and why."""

from onestory.analysis.measures.language import col, count
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="sessions-missed",
    title="Sessions missed or cancelled",
    definition="Sessions that were planned and not attended.",
    table="sessions",
    on="starts_on",
    counts="sessions",
    numerator=count(col("attended").no),
    groups=("team", "kind", "channel", "own", "why_not", *WHO),
    interval="byar",
    unit="sessions",
    source="Sessions recorded by the partnership's teams.",
    caveat=("Cancelled by the service or by the survivor alike: the reasons tell them apart."),
)
