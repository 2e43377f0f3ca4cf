"""How many questions each person is put."""

from onestory.analysis.measures.language import count, people
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="asking-for-each-person",
    title="Questions for each person",
    definition="Questions put, for each of the people who were asked any.",
    table="askings",
    on="asked_on",
    counts="questions",
    numerator=count(),
    denominator=people(),
    of="people",
    groups=("team", "instrument", *WHO),
    unit="questions a person",
    source="What the system notes when a question is put.",
)
