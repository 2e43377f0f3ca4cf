"""How many referrals were withdrawn, and why."""

from onestory.analysis.measures.language import col, count
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="referrals-withdrawn",
    title="Referrals withdrawn",
    definition="Referrals that the sender withdrew, of all sent.",
    table="referrals",
    on="sent_on",
    team="to_team",
    counts="referrals",
    numerator=count(col("withdrawn_on").known),
    denominator=count(),
    groups=("service", "from_team", "to_team", "withdrawn_reason", *WHO),
    interval="wilson",
    per=100,
    unit="percent",
    source="Referrals between the partnership's teams.",
)
