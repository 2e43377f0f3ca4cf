"""How many referrals were agreed service by service."""

from onestory.analysis.measures.language import col, count
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="referrals-brokered",
    title="Referrals that she chose",
    definition=(
        "Referrals where the survivor was asked about this service and agreed, of all "
        "referrals sent."
    ),
    table="referrals",
    on="sent_on",
    team="to_team",
    counts="referrals",
    numerator=count(col("brokered").yes),
    denominator=count(),
    groups=("service", "from_team", "to_team", *WHO),
    interval="wilson",
    per=100,
    unit="percent",
    source="Referrals between the partnership's teams.",
)
