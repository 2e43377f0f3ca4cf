"""How many questions were asked again without need."""

from onestory.analysis.measures.language import col, count
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="asking-again",
    title="Questions asked again",
    definition=(
        "Questions asked and answered anew although the earlier answer still held, of "
        "all questions put."
    ),
    table="askings",
    on="asked_on",
    counts="questions",
    numerator=count(col("held").yes & (col("outcome") != "confirmed")),
    denominator=count(),
    groups=("team", "instrument", "question", "outcome", *WHO),
    interval="wilson",
    per=100,
    unit="percent",
    source="What the system notes when a question is put.",
    caveat=("Where an answer was shown and she said that it holds, nothing was asked again."),
    lower_is_better=True,
)
