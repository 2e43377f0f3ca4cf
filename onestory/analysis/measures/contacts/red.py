"""How many contacts were graded red."""

from onestory.analysis.measures.language import col, count
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="contacts-red",
    title="Contacts graded red",
    definition="Contacts graded red, of all contacts that were graded.",
    table="contacts",
    on="received_on",
    counts="contacts",
    numerator=count(col("grade") == "red"),
    denominator=count(col("grade").known),
    groups=("source", "channel", "to_team", "need", "abuse", *WHO),
    team="to_team",
    interval="wilson",
    per=100,
    unit="percent",
    source="Contacts recorded by the partnership's teams.",
    caveat="By the last grade given. Contacts not graded yet are left out.",
)
