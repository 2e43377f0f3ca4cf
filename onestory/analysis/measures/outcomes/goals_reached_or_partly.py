"""How many cases ended with the goals at least partly reached."""

from onestory.analysis.measures.language import col, count
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="outcomes-goals-reached-or-partly",
    title="Cases that ended with goals reached, or partly",
    definition=(
        "Cases closed with their goals reached or partly reached, of all closed with an outcome."
    ),
    table="cases",
    on="closed_on",
    counts="cases",
    numerator=count(col("outcome").isin("goals-reached", "goals-partly")),
    denominator=count(col("outcome").known),
    groups=("team", "service", "category", *WHO),
    interval="wilson",
    per=100,
    unit="percent",
    source="The cases of the partnership's teams.",
    caveat="As the worker judged it at the end.",
)
