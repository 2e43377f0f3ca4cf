"""How many contacts came in."""

from onestory.analysis.measures.language import count
from onestory.analysis.measures.measure import Measure

MEASURE = Measure(
    code="contacts-received",
    title="Contacts received",
    definition="Contacts that came in, by whatever way, whether or not anything came of them.",
    table="contacts",
    on="received_at",
    counts="contacts",
    numerator=count(),
    groups=(
        "source",
        "channel",
        "grade",
        "locality",
        "to_team",
        "sex",
        "age_band",
        "month",
        "year",
    ),
    team="to_team",
    interval="byar",
    unit="contacts",
    source="Contacts recorded by the partnership's teams.",
    caveat="A person told of twice is two contacts.",
)
