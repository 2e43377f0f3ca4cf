"""How many of the answers were no."""

from onestory.analysis.measures.language import col, count
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="referrals-declined-share",
    title="Share of referrals declined",
    definition="Referrals declined, of all that were accepted or declined.",
    table="referrals",
    on="sent_on",
    team="to_team",
    counts="referrals",
    numerator=count(col("accepted").no),
    denominator=count(col("accepted").known),
    groups=(
        "service",
        "from_team",
        "to_team",
        "from_organisation",
        "to_organisation",
        "needs",
        "brokered",
        *WHO,
    ),
    interval="wilson",
    per=100,
    unit="percent",
    source="Referrals between the partnership's teams.",
    lower_is_better=True,
)
