"""How many cases have a child who harms."""

from onestory.analysis.measures.language import col, count
from onestory.analysis.measures.measure import Measure

MEASURE = Measure(
    code="marac-harmed-by-child",
    title="Cases in which the one who harms is 17 or under",
    definition=("Cases in which the person using abuse was 17 or under on the day of the meeting."),
    table="marac_cases",
    on="heard_on",
    counts="cases",
    numerator=count(col("harmed_by_child").yes),
    groups=("meeting", "from_organisation"),
    area=None,
    interval="byar",
    unit="cases",
    source="MARAC cases recorded by the coordinators and by whoever referred.",
    caveat=(
        "Where they or their age are not known, it is not counted. Such a child needs "
        "help of their own."
    ),
)
