"""How many referrals were answered in time."""

from onestory.analysis.measures.language import col, count
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="referrals-answered-in-time",
    title="Referrals answered in time",
    definition=(
        "Referrals accepted or declined by when they had to be, of all that were "
        "answered or whose time is over."
    ),
    table="referrals",
    on="sent_on",
    team="to_team",
    counts="referrals",
    numerator=count(col("answered_in_time").yes),
    denominator=count(col("answered_in_time").known),
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
    target="referrals-answered-in-time",
)
