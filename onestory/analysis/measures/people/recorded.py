"""How many people were first recorded."""

from onestory.analysis.measures.language import people
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="people-recorded",
    title="People first recorded",
    definition="People of whom a record was first made.",
    table="people",
    on="known_since",
    team=None,
    counts="people",
    numerator=people(),
    groups=WHO,
    interval="byar",
    unit="people",
    source="The partnership's records of people.",
    caveat=(
        "Survivors, children and people who use abuse alike. Two records of one person "
        "count twice until they are joined."
    ),
)
