"""How many people were worked with, whenever that began."""

from onestory.analysis.measures.language import people
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="cases-people-supported",
    title="People supported",
    definition="Different people with at least one case open at some time in the period.",
    table="cases",
    on="opened_on",
    until="closed_on",
    any_time=True,
    counts="people",
    numerator=people(),
    groups=("team", "organisation", "service", "abuse", *WHO),
    interval="byar",
    unit="people",
    source="The cases of the partnership's teams.",
    caveat=(
        "Somebody with two services is counted under each, and once in the total. Cases of a list"
        " without names are of nobody known, and are left out."
    ),
)
