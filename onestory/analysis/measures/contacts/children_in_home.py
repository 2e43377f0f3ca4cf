"""How many contacts are from homes with children."""

from onestory.analysis.measures.language import col, count
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="contacts-children-in-home",
    title="Contacts with children in the home",
    definition=("Contacts where there are children in the home, of those where it was asked."),
    table="contacts",
    on="received_on",
    counts="contacts",
    numerator=count(col("children_in_home").yes),
    denominator=count(col("children_in_home").known),
    groups=("source", "grade", "need", "abuse", *WHO),
    team="to_team",
    interval="wilson",
    per=100,
    unit="percent",
    source="Contacts recorded by the partnership's teams.",
)
