"""How many people were referred."""

from onestory.analysis.measures.language import people
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="referrals-people",
    title="People referred",
    definition="Different people with at least one referral sent.",
    table="referrals",
    on="sent_on",
    team="to_team",
    counts="people",
    numerator=people(),
    groups=(
        "service",
        "from_team",
        "to_team",
        "from_organisation",
        "to_organisation",
        "needs",
        "brokered",
        "state",
        *WHO,
    ),
    interval="byar",
    unit="people",
    source="Referrals between the partnership's teams.",
)
