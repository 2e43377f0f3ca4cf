"""How often she said yes."""

from onestory.analysis.measures.language import col, count
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="sharing-agreed",
    title="Consents given",
    definition="Consents given, of all asked.",
    table="consents",
    on="asked_on",
    counts="consents",
    numerator=count(col("given").yes),
    denominator=count(),
    groups=("team", "to_team", "to_organisation", "kinds", "capacity", *WHO),
    interval="wilson",
    per=100,
    unit="percent",
    source="Consents recorded by the partnership's teams.",
    caveat="A no is as good an answer as a yes.",
)
