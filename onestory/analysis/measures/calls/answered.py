"""How many calls reached the person."""

from onestory.analysis.measures.language import col, count
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="calls-answered",
    title="Calls that reached the person",
    definition="Calls in which the team spoke to the person, of all calls made.",
    table="calls",
    on="called_on",
    counts="calls",
    numerator=count(col("answered").yes),
    denominator=count(),
    groups=("team", *WHO),
    interval="wilson",
    per=100,
    unit="percent",
    source="Calls recorded by the partnership's teams.",
)
