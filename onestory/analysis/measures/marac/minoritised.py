"""How many survivors are of a minoritised ethnic group."""

from onestory.analysis.measures.language import col, count
from onestory.analysis.measures.measure import Measure

MEASURE = Measure(
    code="marac-minoritised",
    title="Survivors of a minoritised ethnic group",
    definition=(
        "Cases whose survivor said an ethnic group other than White British, of all cases."
    ),
    table="marac_cases",
    on="heard_on",
    counts="cases",
    numerator=count(col("ethnicity_group") != "white-british"),
    denominator=count(),
    groups=("meeting", "from_organisation", "ethnicity_group"),
    area=None,
    interval="wilson",
    per=100,
    unit="percent",
    source="MARAC cases recorded by the coordinators and by whoever referred.",
    caveat=(
        "The dataset counts it among all cases: where it was not asked or not said, it "
        "counts as no. Whether white minorities count is not verified: see the cases by "
        "ethnicity group."
    ),
)
