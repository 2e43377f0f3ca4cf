"""How many goals came nearer."""

from onestory.analysis.measures.language import col, count
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="goals-nearer",
    title="Goals that came nearer",
    definition=(
        "Goals nearer when last measured than at the start, of all that ended and were "
        "measured twice."
    ),
    table="goals",
    on="ended_on",
    counts="goals",
    numerator=count(col("measure_last") > col("measure_start")),
    denominator=count(col("measure_start").known & col("measure_last").known),
    groups=("team", "instrument", *WHO),
    interval="wilson",
    per=100,
    unit="percent",
    source="Goals that survivors set with the partnership's teams.",
    caveat=("Says what changed, not what the service changed: see how many were measured twice."),
)
