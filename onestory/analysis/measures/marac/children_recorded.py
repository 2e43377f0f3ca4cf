"""Whether referrals say how many children there are."""

from onestory.analysis.measures.language import col, count
from onestory.analysis.measures.measure import Measure

MEASURE = Measure(
    code="marac-children-recorded",
    title="Cases that say how many children there are",
    definition=(
        "Cases whose referral says how many children live there, none included, of all cases."
    ),
    table="marac_cases",
    on="heard_on",
    counts="cases",
    numerator=count(col("children").known),
    denominator=count(),
    groups=("meeting", "from_organisation"),
    area=None,
    interval="wilson",
    per=100,
    unit="percent",
    source="MARAC cases recorded by the coordinators and by whoever referred.",
)
