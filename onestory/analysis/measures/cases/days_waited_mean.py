"""How long somebody waited for a first session, on average."""

from onestory.analysis.measures.language import col, mean
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="cases-days-waited-mean",
    title="Days waited for a first session, mean",
    definition=(
        "Days from the decision to the first session attended, of cases opened in the "
        "period, added up and divided by their number."
    ),
    table="cases",
    on="opened_on",
    counts="cases",
    numerator=mean(col("waited_days"), col("first_session_on").known),
    groups=("team", "service", *WHO),
    unit="days",
    source="The cases of the partnership's teams.",
    caveat="A few who waited long weigh heavily: the median says how it is for most.",
    lower_is_better=True,
)
