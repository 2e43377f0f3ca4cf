"""How often each kind of abuse is recorded."""

from onestory.analysis.measures.language import count
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="abuse-recorded",
    title="Kinds of abuse recorded",
    definition=(
        "Kinds of abuse recorded on contacts: each contact counts under each of its kinds."
    ),
    table="contact_abuse",
    on="received_on",
    team="to_team",
    counts="records",
    numerator=count(),
    groups=("abuse", *WHO),
    interval="byar",
    unit="records",
    source="Kinds of abuse recorded on contacts.",
    caveat=("A contact may have several kinds: this is no number of contacts, nor of people."),
)
