"""Workload: how old the open cases are."""

from onestory.analysis.measures.language import END, col, days, median
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="cases-days-open",
    title="Days that open cases have been open, median",
    definition=(
        "Days from the opening of a case to the end of the period, of the cases open "
        "then: half are younger."
    ),
    table="cases",
    on="opened_on",
    until="closed_on",
    counts="cases",
    numerator=median(days(col("opened_on"), END)),
    groups=("team", "service", "category", *WHO),
    unit="days",
    source="The cases of the partnership's teams.",
)
