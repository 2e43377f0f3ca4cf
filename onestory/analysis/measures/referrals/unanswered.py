"""How many referrals had no answer at the end of the period."""

from onestory.analysis.measures.language import END, col, count
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="referrals-unanswered",
    title="Referrals without an answer",
    definition=(
        "Referrals sent by the end of the period that were then neither accepted nor "
        "declined, nor withdrawn."
    ),
    table="referrals",
    on="sent_on",
    team="to_team",
    until="answered_on",
    counts="referrals",
    numerator=count(col("withdrawn_on").missing | (col("withdrawn_on") > END)),
    groups=("service", "from_team", "to_team", *WHO),
    unit="referrals",
    source="Referrals between the partnership's teams.",
    lower_is_better=True,
)
