"""How many referrals were sent."""

from onestory.analysis.measures.language import count
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="referrals-sent",
    title="Referrals sent",
    definition="Referrals from one team to another, wherever they stand now.",
    table="referrals",
    on="sent_on",
    team="to_team",
    counts="referrals",
    numerator=count(),
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
    unit="referrals",
    source="Referrals between the partnership's teams.",
    caveat="Somebody referred to three services is three referrals.",
)
