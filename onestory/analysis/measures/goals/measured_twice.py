"""How many goals were measured at the start and since."""

from onestory.analysis.measures.language import col, count
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="goals-measured-twice",
    title="Goals measured twice",
    definition=("Goals measured at the start and at least once since, of all that ended."),
    table="goals",
    on="ended_on",
    counts="goals",
    numerator=count(col("measure_start").known & col("measure_last").known),
    denominator=count(),
    groups=("team", "instrument", *WHO),
    interval="wilson",
    per=100,
    unit="percent",
    source="Goals that survivors set with the partnership's teams.",
)
