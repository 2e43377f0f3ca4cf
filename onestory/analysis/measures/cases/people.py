"""With how many people cases were opened."""

from onestory.analysis.measures.language import people
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="cases-people",
    title="People with a case opened",
    definition="Different people with at least one case opened.",
    table="cases",
    on="opened_on",
    counts="people",
    numerator=people(),
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
    unit="people",
    source="The cases of the partnership's teams.",
    caveat="Cases of a list without names are of nobody known, and are left out.",
)
