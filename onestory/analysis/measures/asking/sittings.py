"""How many assessments there were."""

from onestory.analysis.measures.language import count
from onestory.analysis.measures.measure import WHO, Measure

MEASURE = Measure(
    code="asking-sittings",
    title="Assessments begun",
    definition="Times that a team sat down with somebody over an instrument.",
    table="sittings",
    on="begun_on",
    counts="sittings",
    numerator=count(),
    groups=("team", "instrument", "occasion", *WHO),
    interval="byar",
    unit="assessments",
    source="Sittings recorded by the partnership's teams.",
)
