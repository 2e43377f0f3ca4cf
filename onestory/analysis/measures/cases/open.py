"""Workload: how many cases are open at the end of the period."""

from onestory.analysis.measures.language import count
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="cases-open",
    title="Cases open",
    definition="Cases opened by the end of the period and not closed by then.",
    table="cases",
    on="opened_on",
    until="closed_on",
    counts="cases",
    numerator=count(),
    groups=("team", "organisation", "service", "category", *WHO),
    unit="cases",
    source="The cases of the partnership's teams.",
    caveat="How heavy a case is, it does not say.",
)
