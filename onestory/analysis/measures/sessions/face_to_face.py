"""How many sessions are face to face."""

from onestory.analysis.measures.language import col, count
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="sessions-face-to-face",
    title="Sessions face to face",
    definition="Sessions attended face to face, of all attended.",
    table="sessions",
    on="starts_on",
    counts="sessions",
    numerator=count(col("channel") == "face-to-face"),
    denominator=count(col("attended").yes),
    groups=("team", "kind", *WHO),
    interval="wilson",
    per=100,
    unit="percent",
    source="Sessions recorded by the partnership's teams.",
)
