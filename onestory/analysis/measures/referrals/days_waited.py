"""How long it is from a yes to a first session."""

from onestory.analysis.measures.language import col, median
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="referrals-days-waited",
    title="Days from acceptance to a first session, median",
    definition=("Days from the acceptance of a referral to its first session: half waited less."),
    table="referrals",
    on="sent_on",
    team="to_team",
    counts="referrals",
    numerator=median(col("waited_days"), col("begun_on").known),
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
    caveat=("Only those that have begun: who still waits is in 'Referrals waiting to begin'."),
    lower_is_better=True,
)
