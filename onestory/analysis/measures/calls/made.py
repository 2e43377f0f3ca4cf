"""How many calls were made."""

from onestory.analysis.measures.language import count
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="calls-made",
    title="Calls made",
    definition="Attempts to speak to somebody by telephone.",
    table="calls",
    on="called_on",
    counts="calls",
    numerator=count(),
    groups=("team", "outcome", *WHO),
    interval="byar",
    unit="calls",
    source="Calls recorded by the partnership's teams.",
)
