from onestory.analysis.person_columns import WHO
from onestory.analysis.table import Column, Table

TABLE = Table(
    code="goals",
    title="Goals",
    about="What survivors want, without their words: how near it was at the start and at the end.",
    key="goal",
    person="person",
    columns=(
        Column("goal", "text", "Which goal it is; the same however it is put."),
        Column("case_key", "text", "The case: a key of `cases`."),
        *WHO,
        Column("team", "text", "The team whose case it is."),
        Column("set_on", "date", "The day on which it was first written down."),
        Column("instrument", "text", "What measures it; missing where it is her own word.", True),
        Column(
            "measure_start", "number", "How near it was at the start: 1 to 10, as a rule.", True
        ),
        Column("measured_start_on", "date", "The day of that measure.", True),
        Column("measure_last", "number", "How near it was when last measured since.", True),
        Column("measured_last_on", "date", "The day of that measure.", True),
        Column("ended_on", "date", "The day on which it ended.", True),
        Column(
            "ended_how",
            "text",
            "How: reached, partly, not, dropped, or left when a service gave her back.",
            True,
        ),
    ),
)
