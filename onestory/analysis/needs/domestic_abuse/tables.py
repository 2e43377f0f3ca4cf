"""The tables of the topic."""

from onestory.analysis.needs.domestic_abuse.steps import SEXES
from onestory.analysis.needs.layout import NOTHING, given, of_kind, output, table
from onestory.analysis.needs.model import Run
from onestory.analysis.report import Table


def tables(run: Run) -> tuple[Table, ...]:
    """Survivors, costs, savings, and the area beside England."""
    return survivors(run), costs(run), savings(run), comparators(run)


def survivors(run: Run) -> Table:
    """Expected survivors of the last year by sex."""
    rows = {
        who: [given(run.inputs[f"prevalence.year.{sex}"]), output(run, f"survivors.year.{sex}")]
        for sex, who in SEXES.items()
    }
    rows["Both"] = [NOTHING, output(run, "survivors.year")]
    return table(
        run,
        rows,
        name="survivors",
        title="Expected survivors of the last year",
        corner="Group",
        columns=("Share", "Expected survivors"),
        definition="People likely to have gone through domestic abuse. An estimate, not a count.",
        method="The survey's share of each sex, of the people who live here, in whole people.",
        sources_of=("prevalence", "population"),
    )


def costs(run: Run) -> Table:
    """What social work costs, with the two ends where there are two."""
    rows = {
        one.label: [given(one)]
        + ([of_kind(end, one.kind) for end in (one.low, one.high)] if one.ranges else [NOTHING] * 2)
        for one in run.inputs.table("costs")
    }
    return table(
        run,
        rows,
        name="costs",
        title="What social work costs for one child",
        corner="Plan",
        columns=("Cost", "From", "To"),
        definition="Cost of social workers' time, and of a placement.",
        method="As the source gives it; where it gives two ends, the middle.",
        sources_of=("costs",),
    )


def savings(run: Run) -> Table:
    """What a service saves and brings."""
    codes = ("saved-each", "avoided", "returned", "bill")
    return table(
        run,
        {run.model.step(code).label: [output(run, code)] for code in codes},
        name="savings",
        title="What it costs, and what a service saves",
        corner="Money",
        columns=("Pounds",),
        definition="Costs of social work that a service saves when a plan is stepped down.",
        method="Plans stepped down in a year, times the difference of two plans' yearly costs.",
        sources_of=("costs", "stepped-down", "spending", "return"),
    )


def comparators(run: Run) -> Table:
    """Incidents reported, beside England."""
    rows = {
        one.label: [given(one)]
        for name in ("incidents", "comparators")
        for one in run.inputs.table(name)
    }
    return table(
        run,
        rows,
        name="comparators",
        title="Incidents reported to the police",
        corner="Area",
        columns=("For every 1,000 people",),
        definition="Incidents of domestic abuse reported to the police, for every 1,000 people.",
        method="As the source gives it, without the numbers behind it, so without an interval.",
        sources_of=("incidents", "comparators"),
    )
