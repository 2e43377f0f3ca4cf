"""How many goals were set."""

from onestory.analysis.measures.language import count
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="goals-set",
    title="Goals set",
    definition="Goals first written down.",
    table="goals",
    on="set_on",
    counts="goals",
    numerator=count(),
    groups=("team", "instrument", *WHO),
    interval="byar",
    unit="goals",
    source="Goals that survivors set with the partnership's teams.",
    caveat="Somebody may have several.",
)
