"""How many actions were done."""

from onestory.analysis.measures.language import col, total
from onestory.analysis.measures.measure import Measure

MEASURE = Measure(
    code="marac-actions-done",
    title="Actions of MARAC done",
    definition=("Of those actions, the ones that were done by the day of the snapshot, added up."),
    table="marac_cases",
    on="heard_on",
    counts="actions",
    numerator=total(col("actions_done")),
    groups=("meeting", "from_organisation"),
    area=None,
    unit="actions",
    source="MARAC cases recorded by the coordinators and by whoever referred.",
    caveat=("Late cases of a period have had less time."),
)
