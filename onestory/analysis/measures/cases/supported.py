"""How much was worked on, whenever it began: instances, not people."""

from onestory.analysis.measures.language import count
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="cases-supported",
    title="Instances of support",
    definition=(
        "Cases open at some time in the period. Somebody who uses two services is two instances."
    ),
    table="cases",
    on="opened_on",
    until="closed_on",
    any_time=True,
    counts="cases",
    numerator=count(),
    groups=("team", "organisation", "service", "category", "abuse", *WHO),
    interval="byar",
    unit="cases",
    source="The cases of the partnership's teams.",
)
