"""Instances against people: how many cases each person had."""

from onestory.analysis.measures.language import col, count, people
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="cases-for-each-person",
    title="Cases for each person",
    definition=(
        "Cases opened, for each of the people with one. Cases of nobody known are left out."
    ),
    table="cases",
    on="opened_on",
    counts="cases",
    numerator=count(col("person").known),
    denominator=people(),
    of="people",
    groups=("team", "service", *WHO),
    unit="cases a person",
    source="The cases of the partnership's teams.",
)
