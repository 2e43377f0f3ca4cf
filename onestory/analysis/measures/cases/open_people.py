"""Workload: with how many people teams are at work."""

from onestory.analysis.measures.language import people
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="cases-open-people",
    title="People with an open case",
    definition="Different people with at least one case open at the end of the period.",
    table="cases",
    on="opened_on",
    until="closed_on",
    counts="people",
    numerator=people(),
    groups=("team", "organisation", "service", *WHO),
    unit="people",
    source="The cases of the partnership's teams.",
    caveat="Cases of a list without names are of nobody known, and are left out.",
)
