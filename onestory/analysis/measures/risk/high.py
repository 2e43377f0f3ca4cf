"""How many results are high."""

from onestory.analysis.measures.language import col, count
from onestory.analysis.measures.measure import Measure

MEASURE = Measure(
    code="risk-high",
    title="Checklists judged high",
    definition=("Checklists whose result was judged to be high danger, of all checklists."),
    table="risk_checklists",
    on="assessed_on",
    counts="checklists",
    numerator=count(col("level") == "high"),
    denominator=count(),
    groups=("instrument", "from_outside", "sex", "age_band"),
    area=None,
    interval="wilson",
    per=100,
    unit="percent",
    source="Checklists recorded by the teams that asked them or were sent them.",
    caveat=(
        "As it was judged, whatever the count: forms differ in what they ask, so compare within a "
        "form."
    ),
)
