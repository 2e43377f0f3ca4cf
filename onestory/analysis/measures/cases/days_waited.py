"""How long somebody waited for a first session."""

from onestory.analysis.measures.language import col, median
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="cases-days-waited",
    title="Days waited for a first session, median",
    definition=(
        "Days from the decision to the first session attended, of cases opened in the "
        "period: half waited less."
    ),
    table="cases",
    on="opened_on",
    counts="cases",
    numerator=median(col("waited_days"), col("first_session_on").known),
    groups=("team", "service", *WHO),
    unit="days",
    source="The cases of the partnership's teams.",
    caveat=("Only those who had a session; days on which she asked to be left are counted too."),
    lower_is_better=True,
)
