"""How many questions were put."""

from onestory.analysis.measures.language import count
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="asking-questions",
    title="Questions put",
    definition="Questions put to somebody in an assessment.",
    table="askings",
    on="asked_on",
    counts="questions",
    numerator=count(),
    groups=("team", "instrument", "question", "outcome", *WHO),
    interval="byar",
    unit="questions",
    source="What the system notes when a question is put.",
)
