"""How many survivors are men."""

from onestory.analysis.measures.language import col, count
from onestory.analysis.measures.measure import Measure

MEASURE = Measure(
    code="marac-men",
    title="Men as survivors",
    definition=("Cases whose survivor is male, of all cases."),
    table="marac_cases",
    on="heard_on",
    counts="cases",
    numerator=count(col("sex") == "male"),
    denominator=count(),
    groups=("meeting", "from_organisation"),
    area=None,
    interval="wilson",
    per=100,
    unit="percent",
    source="MARAC cases recorded by the coordinators and by whoever referred.",
    caveat=("Boys of 16 and 17 are among them."),
)
