"""How often the survivor was told of such a share."""

from onestory.analysis.measures.language import col, count
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="sharing-told",
    title="Survivors told of a share without consent",
    definition=("Shares without consent of which the survivor was told since, of all such shares."),
    table="shares",
    on="shared_on",
    counts="shares",
    numerator=count(col("told_on").known),
    denominator=count(),
    groups=("team", "basis", *WHO),
    interval="wilson",
    per=100,
    unit="percent",
    source="Shares recorded by the partnership's teams.",
    caveat="Telling may be put off where it is not safe.",
)
