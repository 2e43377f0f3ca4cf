"""Of how many people contacts came in."""

from onestory.analysis.measures.language import people
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="contacts-people",
    title="People of whom contacts came in",
    definition="Different people of whom at least one contact came in.",
    table="contacts",
    on="received_on",
    counts="people",
    numerator=people(),
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
    unit="people",
    source="Contacts recorded by the partnership's teams.",
    caveat="Two records of one person count twice until they are joined.",
)
