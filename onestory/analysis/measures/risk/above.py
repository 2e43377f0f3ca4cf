"""How often a worker judges the danger higher than the count does."""

from onestory.analysis.measures.language import col, count
from onestory.analysis.measures.measure import Measure

MEASURE = Measure(
    code="risk-above",
    title="Judged above the count",
    definition=(
        "Checklists judged higher than their count says, of those whose count says a level."
    ),
    table="risk_checklists",
    on="assessed_on",
    counts="checklists",
    numerator=count(col("above").yes),
    denominator=count(col("computed").known),
    groups=("instrument", "computed", "from_outside"),
    area=None,
    interval="wilson",
    per=100,
    unit="percent",
    source="Checklists recorded by the teams that asked them or were sent them.",
    caveat=(
        "A judgement is never below the count. Neither a high nor a low share is good by itself: "
        "ask for the reasons."
    ),
)
