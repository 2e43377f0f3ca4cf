"""How many actions agencies offered."""

from onestory.analysis.measures.language import col, total
from onestory.analysis.measures.measure import Measure

MEASURE = Measure(
    code="marac-actions",
    title="Actions agreed at MARAC",
    definition=("Actions that agencies offered in the cases heard first in the period, added up."),
    table="marac_cases",
    on="heard_on",
    counts="actions",
    numerator=total(col("actions")),
    groups=("meeting", "from_organisation"),
    area=None,
    unit="actions",
    source="MARAC cases recorded by the coordinators and by whoever referred.",
)
