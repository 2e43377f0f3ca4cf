"""How many waited for a first session at the end of the period."""

from onestory.analysis.measures.language import END, col, count
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="cases-waiting",
    title="Cases waiting for a first session",
    definition=(
        "Cases decided by the end of the period, still open then and without a session attended."
    ),
    table="cases",
    on="decided_on",
    until="first_session_on",
    counts="cases",
    numerator=count(col("closed_on").missing | (col("closed_on") > END)),
    groups=("team", "service", *WHO),
    unit="cases",
    source="The cases of the partnership's teams.",
    lower_is_better=True,
)
