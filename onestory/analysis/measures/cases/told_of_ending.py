"""How many survivors were told that their case ended."""

from onestory.analysis.measures.language import col, count
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="cases-told-of-ending",
    title="Survivors told of the ending",
    definition=(
        "Cases where the survivor was told that it ended, of all closed where it was written down."
    ),
    table="cases",
    on="closed_on",
    counts="cases",
    numerator=count(col("told_survivor").yes),
    denominator=count(col("told_survivor").known),
    groups=("team", "service", "ending_reason", *WHO),
    interval="wilson",
    per=100,
    unit="percent",
    source="The cases of the partnership's teams.",
)
