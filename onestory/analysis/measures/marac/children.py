"""How many children live with it."""

from onestory.analysis.measures.language import col, total
from onestory.analysis.measures.measure import Measure

MEASURE = Measure(
    code="marac-children",
    title="Children in the household",
    definition=(
        "Children under 18 in the household, added up over the cases, as the referral counted them."
    ),
    table="marac_cases",
    on="heard_on",
    counts="children",
    numerator=total(col("children")),
    groups=("meeting", "from_organisation"),
    area=None,
    unit="children",
    source="MARAC cases recorded by the coordinators and by whoever referred.",
    caveat=(
        "A child of a household that comes twice counts twice; a referral that does not "
        "say counts none."
    ),
)
