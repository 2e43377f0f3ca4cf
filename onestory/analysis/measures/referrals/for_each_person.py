"""Instances against people: how many referrals each person had."""

from onestory.analysis.measures.language import count, people
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="referrals-for-each-person",
    title="Referrals for each person",
    definition="Referrals sent, for each of the people referred.",
    table="referrals",
    on="sent_on",
    team="to_team",
    counts="referrals",
    numerator=count(),
    denominator=people(),
    of="people",
    groups=("service", "to_team", *WHO),
    unit="referrals a person",
    source="Referrals between the partnership's teams.",
)
