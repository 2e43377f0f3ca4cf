"""How many assessments were completed."""

from onestory.analysis.measures.language import col, count
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="asking-completed",
    title="Assessments completed",
    definition="Sittings that were ended, of all begun.",
    table="sittings",
    on="begun_on",
    counts="sittings",
    numerator=count(col("ended_on").known),
    denominator=count(),
    groups=("team", "instrument", "occasion", *WHO),
    interval="wilson",
    per=100,
    unit="percent",
    source="Sittings recorded by the partnership's teams.",
)
