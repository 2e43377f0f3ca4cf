"""How many had a first session within six weeks."""

from onestory.analysis.measures.language import col, count
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="cases-within-six-weeks",
    title="First session within six weeks",
    definition=(
        "Cases with a first session within 42 days of the decision, of all that had a "
        "first session."
    ),
    table="cases",
    on="opened_on",
    counts="cases",
    numerator=count(col("waited_days") <= 42),
    denominator=count(col("first_session_on").known & col("waited_days").known),
    groups=("team", "service", *WHO),
    interval="wilson",
    per=100,
    unit="percent",
    source="The cases of the partnership's teams.",
    target="cases-within-six-weeks",
)
