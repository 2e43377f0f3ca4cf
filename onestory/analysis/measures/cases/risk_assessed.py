"""How many cases have a risk assessment."""

from onestory.analysis.measures.language import col, count
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="cases-risk-assessed",
    title="Cases with a risk assessment",
    definition="Cases with a risk assessment, by whatever form, of all cases opened.",
    table="cases",
    on="opened_on",
    counts="cases",
    numerator=count(col("risk_assessment").known),
    denominator=count(),
    groups=("team", "service", "category", "abuse", "risk_assessment", *WHO),
    interval="wilson",
    per=100,
    unit="percent",
    source="The cases of the partnership's teams.",
    caveat=("Whether the form suits the kind of abuse is not asked here: the yearly report does."),
    target="cases-risk-assessed",
)
