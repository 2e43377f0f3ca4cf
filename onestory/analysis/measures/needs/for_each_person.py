"""How many needs come with each person."""

from onestory.analysis.measures.language import different, people
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="needs-for-each-person",
    title="Needs for each person",
    definition=(
        "Different needs recorded of somebody in the period, for each of the people with any."
    ),
    table="contact_needs",
    on="received_on",
    team="to_team",
    counts="needs",
    numerator=different("person", "need"),
    denominator=people(),
    of="people",
    groups=WHO,
    unit="needs a person",
    source="Needs recorded on contacts.",
)
