"""How many goals were reached."""

from onestory.analysis.measures.language import col, count
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="goals-reached",
    title="Goals reached",
    definition="Goals that ended reached, of all that ended and were still wanted.",
    table="goals",
    on="ended_on",
    counts="goals",
    numerator=count(col("ended_how") == "reached"),
    denominator=count(col("ended_how").isin("reached", "partly", "not")),
    groups=("team", "instrument", *WHO),
    interval="wilson",
    per=100,
    unit="percent",
    source="Goals that survivors set with the partnership's teams.",
)
