"""How often consent was taken back."""

from onestory.analysis.measures.language import col, count
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="sharing-withdrawn",
    title="Consents withdrawn",
    definition="Consents of which any was taken back since, of all given.",
    table="consents",
    on="asked_on",
    counts="consents",
    numerator=count(col("withdrawn_on").known),
    denominator=count(col("given").yes),
    groups=("to_team", "to_organisation", "kinds", *WHO),
    interval="wilson",
    per=100,
    unit="percent",
    source="Consents recorded by the partnership's teams.",
)
