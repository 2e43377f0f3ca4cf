"""How many questions somebody had answered before."""

from onestory.analysis.measures.language import col, count
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="asking-known",
    title="Questions answered before",
    definition=(
        "Questions put to somebody who had answered them before, to anybody, of all questions put."
    ),
    table="askings",
    on="asked_on",
    counts="questions",
    numerator=count(col("known").yes),
    denominator=count(),
    groups=("team", "instrument", "question", "outcome", *WHO),
    interval="wilson",
    per=100,
    unit="percent",
    source="What the system notes when a question is put.",
    lower_is_better=True,
)
