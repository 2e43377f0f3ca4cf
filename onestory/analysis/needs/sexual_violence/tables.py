"""The tables of the chapters, in their shape."""

from onestory.analysis.needs.inputs import Input
from onestory.analysis.needs.layout import NOTHING, given, output, printed, table
from onestory.analysis.needs.model import Run
from onestory.analysis.needs.sexual_violence.steps import (
    OUTSIDE,
    PERIODS,
    RECORDED,
    REPORTED,
    SEXES,
    row_of,
)
from onestory.analysis.report import Cell, Table
from onestory.analysis.statistics import rate

ESTIMATE = "An estimate, not a count."
SURVEY = "The survey asks people aged 16 to 59 who live in households."
ROUNDED = "Rounded to whole people before it is used again."


def tables(run: Run) -> tuple[Table, ...]:
    """What the chapters on prevalence, impact, disclosure, justice, support and need print."""
    return (
        survivors(run),
        all_ages(run),
        conditions(run),
        prices(run),
        *(living(run, period) for period in ("year", "ever")),
        disclosure(run),
        justice(run),
        children(run),
        known(run),
        comparators(run),
    )


def survivors(run: Run) -> Table:
    """Expected survivors of 16 to 59 by sex."""
    who = {"Women": ".female", "Men": ".male", "Both": ""}
    return table(
        run,
        {
            label: [output(run, f"survivors.{period}{code}") for period in PERIODS]
            for label, code in who.items()
        },
        name="survivors",
        title="Expected survivors aged 16 to 59",
        corner="Group",
        columns=tuple(when.capitalize() for when in PERIODS.values()),
        definition=f"People likely to have gone through sexual assault. {ESTIMATE}",
        method=f"The survey's share of each sex, of the people who live here. {SURVEY} {ROUNDED}",
        sources_of=("prevalence", "population"),
    )


def all_ages(run: Run) -> Table:
    """Expected survivors of the last year at every age."""
    rows = {
        **{
            f"{who} of 16 to 59".capitalize(): f"survivors.year.{sex}" for sex, who in SEXES.items()
        },
        **{who.capitalize(): f"survivors.year.{code}" for code, (_, who) in OUTSIDE.items()},
        "Everybody": "survivors.year.all",
    }
    return table(
        run,
        {label: [output(run, code)] for label, code in rows.items()},
        name="all-ages",
        title="Expected survivors of the last year, all ages",
        corner="Group",
        columns=("In the last year",),
        definition=f"People likely to have gone through sexual violence in the last year. {ESTIMATE}",
        method=(
            "Of 16 to 59 by the survey; of other ages the reports to the police, divided by the"
            f" share of survivors who tell the police. {ROUNDED}"
        ),
        sources_of=("prevalence", "population", "police", "disclosure"),
    )


def conditions(run: Run) -> Table:
    """What survivors live with, in percent (the assessment's table 1)."""
    return table(
        run,
        {one.label: [given(one)] for one in run.inputs.table("conditions")},
        name="conditions",
        title="Conditions that survivors live with",
        corner="Condition",
        columns=("Share of survivors",),
        definition="Survivors who have the condition. One survivor may have several.",
        method="As the sources give it.",
        sources_of=("conditions",),
    )


def prices(run: Run) -> Table:
    """What a year of treatment costs for one survivor (the assessment's table 2)."""
    return table(
        run,
        {one.label: [given(one)] for one in run.inputs.table("costs")},
        name="costs",
        title="Yearly cost of treatment for one survivor",
        corner="Condition",
        columns=("A year",),
        definition="Cost to health services of treating the condition for a year.",
        method="As the sources give it; where they give two ends, the middle.",
        sources_of=("costs",),
    )


def living(run: Run, period: str) -> Table:
    """Survivors with each condition, and what treating them would cost (tables 3 and 4)."""
    return table(
        run,
        {one.label: _living(run, period, one) for one in run.inputs.table("conditions")},
        name=f"conditions-{period}",
        title=f"Conditions and their cost: survivors {PERIODS[period]}",
        corner="Condition",
        columns=("Share of survivors", "Expected survivors", "Treatment in a year"),
        definition=f"Survivors aged 16 to 59, {PERIODS[period]}, who have the condition. {ESTIMATE}",
        method=(
            "Survivors times the share, rounded to whole people; those times the yearly cost, as if"
            " all had treatment. One survivor may have several conditions."
        ),
        sources_of=("conditions", "costs"),
    )


def _living(run: Run, period: str, one: Input) -> list[Cell]:
    row = row_of(one)
    price = f"costs.{row}"
    if price not in run.inputs:
        cost = NOTHING
    elif run.inputs[price].value is None:
        cost = given(run.inputs[price])
    else:
        cost = output(run, f"cost.{period}.{row}")
    return [given(one), output(run, f"conditions.{period}.{row}"), cost]


def disclosure(run: Run) -> Table:
    """Whom survivors told."""
    return table(
        run,
        {
            one.label: [
                given(one),
                *(output(run, f"told.{period}.{row_of(one)}") for period in ("year", "ever")),
            ]
            for one in run.inputs.table("disclosure")
        },
        name="disclosure",
        title="Whom survivors told",
        corner="Told",
        columns=("Share", "In the last year", "Since the age of 16"),
        definition=f"Expected survivors aged 16 to 59 by whom they told. {ESTIMATE}",
        method=f"The survey's share, of expected survivors. One may have told several. {ROUNDED}",
        sources_of=("disclosure", "prevalence"),
    )


def justice(run: Run) -> Table:
    """What reaches the police, and what comes of it."""
    rows = {
        "Recorded": [given(run.inputs[REPORTED]), output(run, "crime.reported")],
        "Not recorded": [output(run, "crime.gap"), NOTHING],
        "Charged": [given(run.inputs["police.charged.2017"]), output(run, "crime.charged-of-all")],
        "Charged, of recorded": [NOTHING, output(run, "crime.charged")],
    }
    return table(
        run,
        rows,
        name="justice",
        title="From what is expected to a charge",
        corner="Offences",
        columns=("Number", "Percent"),
        definition="Recorded offences of 2017 against the expected survivors of a year, all ages.",
        method="An offence may have several survivors, and may be recorded years later.",
        sources_of=("police", "prevalence"),
    )


def children(run: Run) -> Table:
    """How many of the children expected are known."""
    expected = output(run, "survivors.year.children")
    rows = {
        "Expected": [expected, NOTHING],
        "Reported to the police": [
            given(run.inputs["police.by-children"]),
            output(run, "children.police"),
        ],
        "Referred to the rape crisis centre": [
            given(run.inputs["referrals.0-15"]),
            output(run, "children.rape-crisis"),
        ],
    }
    return table(
        run,
        rows,
        name="children",
        title="Children up to 15",
        corner="Children",
        columns=("Number", "Of expected"),
        definition=f"Children likely to have gone through sexual violence. {ESTIMATE}",
        method="Reports to the police are by people up to 17, as the assessment takes them.",
        sources_of=("police", "referrals", "disclosure"),
    )


def known(run: Run) -> Table:
    """Met and unmet need."""
    known = {"police": run.inputs[RECORDED]}
    known |= {row_of(one): one for one in run.inputs.table("services")}
    return table(
        run,
        {
            one.label: [given(one), output(run, f"known.{code}"), output(run, f"unmet.{code}")]
            for code, one in known.items()
        },
        name="known",
        title="Known to whom: met and unmet need",
        corner="Known to",
        columns=("Known", "Of expected", "Not known to it"),
        definition="Survivors known to each service, against all expected in a year.",
        method="One survivor may be known to several, so the rows cannot be added up.",
        sources_of=("police", "services", "prevalence"),
    )


def comparators(run: Run) -> Table:
    """Recorded offences as a rate, with its interval, beside other areas."""
    here = run.inputs[REPORTED], run.inputs["population.all"]
    around = rate(int(here[0].value), int(here[1].value))
    rows = {
        "This area": [
            output(run, "crime.rate"),
            *(Cell(printed(end, 1), "rate") for end in (around.low, around.high)),
            output(run, "crime.reported"),
        ]
    }
    elsewhere = {row_of(one): one for one in run.inputs.table("reporting")}
    for one in run.inputs.table("comparators"):
        share = elsewhere.get(row_of(one))
        missing = Cell(None, gap="not given")
        rows[one.label] = [given(one), missing, missing, given(share) if share else missing]
    return table(
        run,
        rows,
        name="comparators",
        title="Recorded sexual offences beside other areas",
        corner="Area",
        columns=("For every 1,000 people", "95% from", "95% to", "Recorded, of expected"),
        definition="Sexual offences that the police recorded, for every 1,000 people of all ages.",
        method="A crude rate, with Byar's interval. Others' intervals are not given by the source.",
        sources_of=("police", "population", "comparators", "reporting"),
    )
