"""Of how many people each kind of abuse is recorded."""

from onestory.analysis.measures.language import people
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="abuse-people",
    title="People by kind of abuse",
    definition="Different people of whom a kind of abuse was recorded.",
    table="contact_abuse",
    on="received_on",
    team="to_team",
    counts="people",
    numerator=people(),
    groups=("abuse", *WHO),
    interval="byar",
    unit="people",
    source="Kinds of abuse recorded on contacts.",
    caveat=("Somebody who met two kinds is counted under each, and once in the total."),
)
