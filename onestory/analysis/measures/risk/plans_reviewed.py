"""Whether safety plans are agreed anew once the danger has changed."""

from onestory.analysis.measures.language import col, count
from onestory.analysis.measures.measure import Measure

MEASURE = Measure(
    code="risk-plans-reviewed",
    title="Safety plans agreed anew after a change of danger",
    definition=(
        "Changes of danger after which the safety plan was agreed anew by the day of the snapshot, "
        "of the changes for somebody who had a plan."
    ),
    table="risk_changes",
    on="written_on",
    counts="changes",
    numerator=count(col("had_plan").yes & col("plan_agreed_on").known),
    denominator=count(col("had_plan").yes),
    groups=("kind",),
    area=None,
    interval="wilson",
    per=100,
    unit="percent",
    source="Changes and plans recorded by the teams that know of the danger.",
    caveat=("Changes late in a period have had less time."),
)
