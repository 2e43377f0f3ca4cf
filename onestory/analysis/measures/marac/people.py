"""How many different people came before the meeting."""

from onestory.analysis.measures.language import people
from onestory.analysis.measures.measure import Measure

MEASURE = Measure(
    code="marac-people",
    title="Survivors at MARAC",
    definition=("Different survivors of whom a case was heard."),
    table="marac_cases",
    on="heard_on",
    counts="people",
    numerator=people(),
    groups=("meeting", "from_organisation", "from_team", "sex", "age_band", "ethnicity_group"),
    area=None,
    interval="byar",
    unit="people",
    source="MARAC cases recorded by the coordinators and by whoever referred.",
)
