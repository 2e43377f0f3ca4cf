"""How many teams know of each person."""

from onestory.analysis.measures.language import different, people
from onestory.analysis.measures.measure import Measure

MEASURE = Measure(
    code="sharing-teams-that-know",
    title="Teams that know of each person",
    definition=(
        "Teams that may know anything of somebody at the end of the period, for each of "
        "the people of whom any team may."
    ),
    table="knowers",
    on="since",
    until="until",
    area=None,
    counts="teams",
    numerator=different("person", "team"),
    denominator=people(),
    of="people",
    groups=("kind",),
    unit="teams a person",
    source="The grants by which teams may know.",
    caveat=("Openings in an emergency are left out. Whether a team looked, it does not say."),
)
