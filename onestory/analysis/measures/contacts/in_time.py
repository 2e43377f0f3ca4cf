"""How many contacts were decided by when they had to be."""

from onestory.analysis.measures.language import col, count
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="contacts-in-time",
    title="Contacts decided in time",
    definition=(
        "Contacts decided within the timescale that ran for them, of all whose time is "
        "over or that were decided."
    ),
    table="contacts",
    on="received_on",
    counts="contacts",
    numerator=count(col("in_time").yes),
    denominator=count(col("in_time").known),
    groups=("grade", "source", "timescale", "to_team", *WHO),
    team="to_team",
    interval="wilson",
    per=100,
    unit="percent",
    source="Contacts recorded by the partnership's teams.",
    caveat="Contacts that are undecided while their time still runs are left out.",
    target="contacts-in-time",
)
