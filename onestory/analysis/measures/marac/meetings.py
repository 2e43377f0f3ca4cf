"""How many meetings were held."""

from onestory.analysis.measures.language import count
from onestory.analysis.measures.measure import Measure

MEASURE = Measure(
    code="marac-meetings",
    title="MARAC meetings held",
    definition=("Meetings in which a case was heard."),
    table="marac_meetings",
    on="held_on",
    counts="meetings",
    numerator=count(),
    groups=(),
    area=None,
    interval="byar",
    unit="meetings",
    source="MARAC cases recorded by the coordinators and by whoever referred.",
)
