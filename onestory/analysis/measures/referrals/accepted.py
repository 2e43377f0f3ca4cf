"""How many of the answers were yes."""

from onestory.analysis.measures.language import col, count
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="referrals-accepted",
    title="Referrals accepted",
    definition="Referrals accepted, of all that were accepted or declined.",
    table="referrals",
    on="sent_on",
    team="to_team",
    counts="referrals",
    numerator=count(col("accepted").yes),
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
)
