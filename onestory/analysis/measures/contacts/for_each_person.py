"""Instances against people: how often somebody was told of."""

from onestory.analysis.measures.language import count, people
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="contacts-for-each-person",
    title="Contacts for each person",
    definition="Contacts that came in, for each of the people whom they were about.",
    table="contacts",
    on="received_on",
    counts="contacts",
    numerator=count(),
    denominator=people(),
    of="people",
    groups=(
        "source",
        "channel",
        "from_organisation",
        "to_team",
        "grade",
        "outcome",
        "need",
        "abuse",
        *WHO,
    ),
    team="to_team",
    unit="contacts a person",
    source="Contacts recorded by the partnership's teams.",
    caveat="Two records of one person count twice until they are joined.",
)
