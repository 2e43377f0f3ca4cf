"""How many people have a need, by need."""

from onestory.analysis.measures.language import people
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="needs-people",
    title="People with a need",
    definition=("Different people with at least one need recorded, presenting or contributory."),
    table="contact_needs",
    on="received_on",
    team="to_team",
    counts="people",
    numerator=people(),
    groups=("need", "presenting", *WHO),
    interval="byar",
    unit="people",
    source="Needs recorded on contacts.",
    caveat="Somebody with two needs is counted under each, and once in the total.",
)
