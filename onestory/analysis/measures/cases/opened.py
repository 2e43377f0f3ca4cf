"""How many cases were opened."""

from onestory.analysis.measures.language import count
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="cases-opened",
    title="Cases opened",
    definition="Cases opened by a team.",
    table="cases",
    on="opened_on",
    counts="cases",
    numerator=count(),
    groups=(
        "team",
        "organisation",
        "service",
        "category",
        "area",
        "survivor_group",
        "abuse",
        "referred_by",
        "imported",
        *WHO,
    ),
    interval="byar",
    unit="cases",
    source="The cases of the partnership's teams.",
    caveat="The same person may have several cases, at once or one after another.",
)
