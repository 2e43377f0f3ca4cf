"""How many were declined without anything instead."""

from onestory.analysis.measures.language import col, count
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="referrals-nothing-offered",
    title="Declined with nothing instead",
    definition="Referrals declined where nothing else was offered, of all declined.",
    table="referrals",
    on="sent_on",
    team="to_team",
    counts="referrals",
    numerator=count(col("offered_instead").missing | (col("offered_instead") == "nothing")),
    denominator=count(col("accepted").no),
    groups=("service", "to_team", "declined_reason", *WHO),
    interval="wilson",
    per=100,
    unit="percent",
    source="Referrals between the partnership's teams.",
    lower_is_better=True,
)
