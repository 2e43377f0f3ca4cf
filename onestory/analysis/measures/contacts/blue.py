"""How many contacts were graded blue."""

from onestory.analysis.measures.language import col, count
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="contacts-blue",
    title="Contacts graded blue",
    definition="Contacts graded blue, of all contacts that were graded.",
    table="contacts",
    on="received_on",
    counts="contacts",
    numerator=count(col("grade") == "blue"),
    denominator=count(col("grade").known),
    groups=("source", "channel", "to_team", "need", "abuse", *WHO),
    team="to_team",
    interval="wilson",
    per=100,
    unit="percent",
    source="Contacts recorded by the partnership's teams.",
    caveat="By the last grade given. Contacts not graded yet are left out.",
)
