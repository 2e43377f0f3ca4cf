"""How many cases ended without a session."""

from onestory.analysis.measures.language import col, count
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="cases-never-began",
    title="Cases that ended without a session",
    definition=(
        "Cases closed without any session attended, of all cases closed for which a "
        "wait was counted."
    ),
    table="cases",
    on="closed_on",
    counts="cases",
    numerator=count(col("first_session_on").missing),
    denominator=count(col("decided_on").known),
    groups=("team", "service", "ending_reason", *WHO),
    interval="wilson",
    per=100,
    unit="percent",
    source="The cases of the partnership's teams.",
    lower_is_better=True,
)
