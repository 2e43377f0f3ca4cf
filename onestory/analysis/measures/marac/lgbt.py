"""How many survivors are LGBT+."""

from onestory.analysis.measures.language import col, count
from onestory.analysis.measures.measure import Measure

MEASURE = Measure(
    code="marac-lgbt",
    title="LGBT+ survivors",
    definition=("Cases whose survivor said so of orientation or gender, of all cases."),
    table="marac_cases",
    on="heard_on",
    counts="cases",
    numerator=count(col("lgbt").yes),
    denominator=count(),
    groups=("meeting", "from_organisation"),
    area=None,
    interval="wilson",
    per=100,
    unit="percent",
    source="MARAC cases recorded by the coordinators and by whoever referred.",
    caveat=(
        "The dataset counts it among all cases: where it was not asked or not said, it "
        "counts as no."
    ),
)
