"""The needs beside the one that a contact was made for."""

from onestory.analysis.measures.language import col, count
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="needs-contributory",
    title="Contributory needs",
    definition="Needs recorded beside the one that a contact was made for.",
    table="contact_needs",
    on="received_on",
    team="to_team",
    counts="needs",
    numerator=count(col("presenting").no),
    groups=("need", *WHO),
    interval="byar",
    unit="needs",
    source="Needs recorded on contacts.",
    caveat="A contact may have several, or none.",
)
