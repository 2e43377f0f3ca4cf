"""How often a service was offered and refused."""

from onestory.analysis.measures.language import count
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="refusals-made",
    title="Services refused",
    definition="Services that somebody was offered and did not want.",
    table="refusals",
    on="refused_on",
    counts="refusals",
    numerator=count(),
    groups=("service", "service_team", "team", "needs", *WHO),
    interval="byar",
    unit="refusals",
    source="What survivors said to the services offered to them.",
    caveat="A refusal is a choice, and no failing of anybody's.",
)
