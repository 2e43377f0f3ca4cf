"""How many contacts came in."""

from onestory.analysis.measures.language import count
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="contacts-received",
    title="Contacts received",
    definition=("Contacts that came in, by whatever way, whether or not anything came of them."),
    table="contacts",
    on="received_on",
    counts="contacts",
    numerator=count(),
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
    interval="byar",
    unit="contacts",
    source="Contacts recorded by the partnership's teams.",
    caveat="Somebody told of twice is two contacts.",
)
