"""How many were accepted and still waited at the end of the period."""

from onestory.analysis.measures.language import END, col, count
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="referrals-waiting",
    title="Referrals waiting to begin",
    definition=(
        "Referrals accepted by the end of the period without a first session by then, "
        "and not ended, withdrawn or given back."
    ),
    table="referrals",
    on="accepted_on",
    team="to_team",
    until="begun_on",
    counts="referrals",
    numerator=count(
        (col("ended_on").missing | (col("ended_on") > END))
        & (col("withdrawn_on").missing | (col("withdrawn_on") > END))
        & (col("returned_on").missing | (col("returned_on") > END))
    ),
    groups=("service", "to_team", *WHO),
    unit="referrals",
    source="Referrals between the partnership's teams.",
    lower_is_better=True,
)
