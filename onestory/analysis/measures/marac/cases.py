"""How many cases came before the meeting."""

from onestory.analysis.measures.language import count
from onestory.analysis.measures.measure import Measure

MEASURE = Measure(
    code="marac-cases",
    title="Cases at MARAC",
    definition=(
        "Cases heard, repeats included: the same survivor and person using abuse, before "
        "the meeting on one referral."
    ),
    table="marac_cases",
    on="heard_on",
    counts="cases",
    numerator=count(),
    groups=(
        "meeting",
        "from_organisation",
        "from_team",
        "criteria",
        "repeat",
        "sex",
        "age_band",
        "ethnicity_group",
        "outcome",
    ),
    area=None,
    interval="byar",
    unit="cases",
    source="MARAC cases recorded by the coordinators and by whoever referred.",
    caveat=(
        "A case counts in the meeting in which it was heard first; heard on later, it is "
        "no new case."
    ),
)
