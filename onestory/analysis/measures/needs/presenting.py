"""The needs that contacts were made for."""

from onestory.analysis.measures.language import col, count
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="needs-presenting",
    title="Presenting needs",
    definition="Needs that a contact was made for: one for each contact.",
    table="contact_needs",
    on="received_on",
    team="to_team",
    counts="needs",
    numerator=count(col("presenting").yes),
    groups=("need", *WHO),
    interval="byar",
    unit="needs",
    source="Needs recorded on contacts.",
)
