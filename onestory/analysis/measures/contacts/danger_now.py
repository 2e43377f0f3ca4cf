"""How many contacts were of somebody in danger at the time."""

from onestory.analysis.measures.language import col, count
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="contacts-danger-now",
    title="Contacts of somebody in danger",
    definition=("Contacts of somebody who was in danger when they came in, of all contacts."),
    table="contacts",
    on="received_on",
    counts="contacts",
    numerator=count(col("danger_now").yes),
    denominator=count(),
    groups=("source", "channel", "need", "abuse", *WHO),
    team="to_team",
    interval="wilson",
    per=100,
    unit="percent",
    source="Contacts recorded by the partnership's teams.",
)
