"""How long a session is."""

from onestory.analysis.measures.language import col, mean
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="sessions-minutes-long",
    title="Minutes of a session, mean",
    definition=("Minutes of a session attended, over those for which they are written down."),
    table="sessions",
    on="starts_on",
    counts="sessions",
    numerator=mean(col("minutes"), col("attended").yes),
    groups=("team", "kind", "channel", *WHO),
    unit="minutes",
    source="Sessions recorded by the partnership's teams.",
)
