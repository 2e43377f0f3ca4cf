"""How many cases are repeats."""

from onestory.analysis.measures.language import col, count
from onestory.analysis.measures.measure import Measure

MEASURE = Measure(
    code="marac-repeats",
    title="Repeat cases",
    definition=(
        "Cases of the same two people within so many months of their last referral, by "
        "the area's rule of that day, of all cases."
    ),
    table="marac_cases",
    on="heard_on",
    counts="cases",
    numerator=count(col("repeat").yes),
    denominator=count(),
    groups=("meeting", "from_organisation"),
    area=None,
    interval="wilson",
    per=100,
    unit="percent",
    source="MARAC cases recorded by the coordinators and by whoever referred.",
    caveat=("Any abuse, noticed by any agency. A low share may mean that repeats are not noticed."),
)
