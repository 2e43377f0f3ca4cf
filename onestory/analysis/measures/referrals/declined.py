"""How many referrals were declined, and why."""

from onestory.analysis.measures.language import col, count
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="referrals-declined",
    title="Referrals declined",
    definition="Referrals that were declined: a need that was not met there.",
    table="referrals",
    on="sent_on",
    team="to_team",
    counts="referrals",
    numerator=count(col("accepted").no),
    groups=(
        "service",
        "from_team",
        "to_team",
        "from_organisation",
        "to_organisation",
        "needs",
        "brokered",
        "declined_reason",
        "offered_instead",
        *WHO,
    ),
    interval="byar",
    unit="referrals",
    source="Referrals between the partnership's teams.",
    lower_is_better=True,
)
