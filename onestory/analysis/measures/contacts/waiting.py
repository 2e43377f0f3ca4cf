"""How many contacts waited for a decision at the end of the period."""

from onestory.analysis.measures.language import count
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="contacts-waiting",
    title="Contacts waiting for a decision",
    definition=("Contacts that had come in by the end of the period and were not decided by then."),
    table="contacts",
    on="received_on",
    until="decided_on",
    counts="contacts",
    numerator=count(),
    groups=("source", "grade", "to_team", *WHO),
    team="to_team",
    unit="contacts",
    source="Contacts recorded by the partnership's teams.",
)
