"""How many people came to a session."""

from onestory.analysis.measures.language import col, people
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="sessions-people",
    title="People seen",
    definition="Different people who attended at least one session.",
    table="sessions",
    on="starts_on",
    counts="people",
    numerator=people(col("attended").yes),
    groups=("team", "kind", "channel", "own", *WHO),
    interval="byar",
    unit="people",
    source="Sessions recorded by the partnership's teams.",
)
