"""Instances against people: how many sessions each person had."""

from onestory.analysis.measures.language import col, count, people
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="sessions-for-each-person",
    title="Sessions for each person",
    definition="Sessions attended, for each of the people who attended any.",
    table="sessions",
    on="starts_on",
    counts="sessions",
    numerator=count(col("attended").yes),
    denominator=people(col("attended").yes),
    of="people",
    groups=("team", "kind", "channel", "own", *WHO),
    unit="sessions a person",
    source="Sessions recorded by the partnership's teams.",
)
