"""How many needs there are, presenting or not."""

from onestory.analysis.measures.language import count
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="needs-recorded",
    title="Needs recorded",
    definition="Needs recorded on contacts, presenting and contributory.",
    table="contact_needs",
    on="received_on",
    team="to_team",
    counts="needs",
    numerator=count(),
    groups=("need", "presenting", *WHO),
    interval="byar",
    unit="needs",
    source="Needs recorded on contacts.",
    caveat=("A contact may have several needs: this is no number of contacts, nor of people."),
)
