"""The stages in a row. Each is a share of the one before as it was before rounding."""

from onestory.analysis.needs.inputs import Inputs
from onestory.analysis.needs.layout import EXPECTED, NOTHING, given, output, table
from onestory.analysis.needs.model import Run, Step, times, total
from onestory.analysis.report import Table

# Stage, what it is called, of which stage before, and which input is its share.
STAGES = (
    ("smoked", "Ever smoked", "eligible", "smoking.ever"),
    ("booked", "Appointments booked", "smoked", "stages.booked"),
    ("checks", "Lung health checks done", "booked", "stages.checks"),
    ("positive", "Positive checks", "checks", "stages.positive"),
    ("scans", "First scans", "positive", "stages.scans"),
    ("negative", "Negative, to be scanned again after 24 months", "scans", "stages.negative"),
    ("investigated", "Investigated", "scans", "stages.investigated"),
    ("cancers", "Cancers found", "investigated", "stages.cancers"),
    (
        "investigated-24m",
        "Investigated after 24 months",
        "negative",
        "stages.investigated-24m",
    ),
    ("cancers-24m", "Cancers found after 24 months", "investigated-24m", "stages.cancers-24m"),
)
FIRST = ("eligible", "Invited")
ALL = ("cancers-all", "Cancers found in all")
LAST = ("surgery", "Surgery", ALL[0], "stages.surgery")


def steps(inputs: Inputs) -> tuple[Step, ...]:
    """The funnel, from all who may come to those who are operated on."""
    found = ("~cancers", "~cancers-24m")
    return (
        Step(*FIRST, EXPECTED, tuple(one.code for one in inputs.table("eligible")), total),
        *map(_stage, STAGES),
        Step(*ALL, EXPECTED, found, total),
        _stage(LAST),
    )


def _stage(stage: tuple[str, str, str, str]) -> Step:
    code, label, before, share = stage
    return Step(code, label, EXPECTED, (f"~{before}", share), times)


def tables(run: Run) -> tuple[Table, ...]:
    """The funnel as one table."""
    labels = {code: label for code, label, *_ in (FIRST, *STAGES, ALL)}
    rows = {FIRST[1]: [output(run, FIRST[0]), NOTHING]}
    for code, label, before, share in (*STAGES, LAST):
        if code == LAST[0]:
            rows[ALL[1]] = [output(run, ALL[0]), NOTHING]
        name = f"{label} (of: {labels[before].lower()})"
        rows[name] = [output(run, code), given(run.inputs[share])]
    return (
        table(
            run,
            rows,
            name="funnel",
            title="From invitation to surgery",
            corner="Stage",
            columns=("Expected people", "Share"),
            definition="People expected at each stage. An estimate, not a count.",
            method="Each stage is a share of the one before, which is not rounded for it.",
            sources_of=("eligible", "smoking", "stages"),
        ),
    )
