"""Of how many people each team may know."""

from onestory.analysis.measures.language import people
from onestory.analysis.measures.measure import Measure

MEASURE = Measure(
    code="sharing-people-known",
    title="People of whom a team may know",
    definition=("Different people of whom a team may know anything at the end of the period."),
    table="knowers",
    on="since",
    until="until",
    area=None,
    counts="people",
    numerator=people(),
    groups=("team", "organisation", "kind", "basis"),
    unit="people",
    source="The grants by which teams may know.",
)
