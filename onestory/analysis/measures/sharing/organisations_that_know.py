"""How many organisations know of each person."""

from onestory.analysis.measures.language import different, people
from onestory.analysis.measures.measure import Measure

MEASURE = Measure(
    code="sharing-organisations-that-know",
    title="Organisations that know of each person",
    definition=(
        "Organisations with a team that may know anything of somebody at the end of the "
        "period, for each of the people of whom any may."
    ),
    table="knowers",
    on="since",
    until="until",
    area=None,
    counts="organisations",
    numerator=different("person", "organisation"),
    denominator=people(),
    of="people",
    groups=("kind",),
    unit="organisations a person",
    source="The grants by which teams may know.",
    caveat="Openings in an emergency are left out.",
)
