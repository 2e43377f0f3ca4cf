"""How often a survivor was asked whether a team may know."""

from onestory.analysis.measures.language import count
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="sharing-asked",
    title="Consents asked",
    definition="Times that somebody was asked whether a team may know.",
    table="consents",
    on="asked_on",
    counts="consents",
    numerator=count(),
    groups=("team", "to_team", "to_organisation", "kinds", "how", *WHO),
    interval="byar",
    unit="consents",
    source="Consents recorded by the partnership's teams.",
)
