"""How many survivors are 16 or 17."""

from onestory.analysis.measures.language import col, count
from onestory.analysis.measures.measure import Measure

MEASURE = Measure(
    code="marac-aged-16-17",
    title="Survivors of 16 and 17",
    definition=("Cases whose survivor was 16 or 17 on the day of the meeting, of all cases."),
    table="marac_cases",
    on="heard_on",
    counts="cases",
    numerator=count((col("age") >= 16) & (col("age") <= 17)),
    denominator=count(),
    groups=("meeting", "from_organisation"),
    area=None,
    interval="wilson",
    per=100,
    unit="percent",
    source="MARAC cases recorded by the coordinators and by whoever referred.",
    caveat=("Where no age is known, it counts as no."),
)
