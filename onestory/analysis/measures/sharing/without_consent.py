"""How often something was shared without consent."""

from onestory.analysis.measures.language import count
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="sharing-without-consent",
    title="Shares without consent",
    definition="Times that a team was told of somebody on another basis than consent.",
    table="shares",
    on="shared_on",
    counts="shares",
    numerator=count(),
    groups=("team", "to_team", "to_organisation", "basis", "kinds", *WHO),
    interval="byar",
    unit="shares",
    source="Shares recorded by the partnership's teams.",
)
