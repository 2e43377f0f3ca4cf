"""How many cases did not come from the police."""

from onestory.analysis.measures.language import col, count
from onestory.analysis.measures.measure import Measure

MEASURE = Measure(
    code="marac-partners",
    title="Cases referred by partner agencies",
    definition=("Cases referred by anybody but the police, of all cases."),
    table="marac_cases",
    on="heard_on",
    counts="cases",
    numerator=count(col("from_police").no),
    denominator=count(),
    groups=("meeting", "from_organisation"),
    area=None,
    interval="wilson",
    per=100,
    unit="percent",
    source="MARAC cases recorded by the coordinators and by whoever referred.",
    caveat=(
        "Of a repeat that the coordinators brought back, whoever noticed it counts as "
        "having referred."
    ),
)
