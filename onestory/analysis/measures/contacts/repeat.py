"""How many contacts are about somebody told of in the year before."""

from onestory.analysis.measures.language import col, count
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="contacts-repeat",
    title="Repeat contacts",
    definition=(
        "Contacts about somebody of whom another contact had come in within the 365 "
        "days before, of all contacts."
    ),
    table="contacts",
    on="received_on",
    counts="contacts",
    numerator=count(col("days_since_last") <= 365),
    denominator=count(),
    groups=("source", "grade", "need", "abuse", *WHO),
    team="to_team",
    interval="wilson",
    per=100,
    unit="percent",
    source="Contacts recorded by the partnership's teams.",
    caveat=("More repeats may mean more harm, or that more people dare to tell again."),
)
