"""How long an answer takes."""

from onestory.analysis.measures.language import col, days, median
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="referrals-days-to-answer",
    title="Days to an answer, median",
    definition=(
        "Days from the sending of a referral to its being accepted or declined: half took less."
    ),
    table="referrals",
    on="sent_on",
    team="to_team",
    counts="referrals",
    numerator=median(days(col("sent_on"), col("answered_on"))),
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
    unit="days",
    source="Referrals between the partnership's teams.",
    caveat="Referrals not answered yet are left out.",
    lower_is_better=True,
)
