"""How many checklists there are, by form."""

from onestory.analysis.measures.language import count
from onestory.analysis.measures.measure import Measure

MEASURE = Measure(
    code="risk-checklists",
    title="Checklists of danger",
    definition=("Results of a checklist of danger, asked here or sent by somebody outside."),
    table="risk_checklists",
    on="assessed_on",
    counts="checklists",
    numerator=count(),
    groups=("instrument", "level", "from_outside", "sex", "age_band"),
    area=None,
    interval="byar",
    unit="checklists",
    source="Checklists recorded by the teams that asked them or were sent them.",
    caveat=("Somebody who was asked twice counts twice."),
)
