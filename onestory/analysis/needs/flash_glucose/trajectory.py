"""A year's money month by month: a straight line to what is paid, and what was spent so far."""

from collections.abc import Iterator
from functools import partial

from onestory.analysis.needs.inputs import InputError, Inputs
from onestory.analysis.needs.layout import EXPECTED, NOTHING, given, output, table
from onestory.analysis.needs.model import Run, Step, less, over, times
from onestory.analysis.needs.rounding import Number
from onestory.analysis.report import Table

MONTHS = (
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "January",
    "February",
    "March",
)
YEAR = len(MONTHS)


def steps(inputs: Inputs) -> tuple[Step, ...]:
    """What is paid for, what it leaves, the line month by month, and where it leads."""
    funding, cost, saving = "money.funding", "money.cost", "money.savings"
    return (
        Step(
            "cap", "People for whom it is paid", EXPECTED, ("patients.type-1", "cap.type-1"), times
        ),
        Step("each", "Cost for one person in a year", "pounds", (cost, "cap"), over),
        Step("deficit", "Cost less what is paid", "pounds", (cost, funding), less),
        Step("left", "The same less the expected saving", "pounds", ("deficit", saving), less),
        *(
            Step(
                f"line.{month}",
                f"Trajectory to the end of {name}",
                "pounds",
                (funding,),
                partial(_part_of_a_year, month),
            )
            for month, name in enumerate(MONTHS, 1)
        ),
        *_so_far(inputs),
    )


def months_spent(inputs: Inputs) -> int:
    """Of how many months the latest spending is."""
    latest = inputs.table("spent")[-1]
    code = latest.code.partition(".")[2]
    if not (code.isdigit() and 1 <= int(code) <= YEAR):
        raise InputError(f"{latest.place}, column code: {code!r} is not a number of months.")
    return int(code)


def _so_far(inputs: Inputs) -> Iterator[Step]:
    months = months_spent(inputs)
    spent = f"spent.{months}"
    yield Step("above", "Spent, less the trajectory", "pounds", (spent, f"line.{months}"), less)
    yield Step(
        "year-at-this-pace",
        "The year's spending, if it goes on so",
        "pounds",
        (spent,),
        partial(_whole_year, months),
    )


def _part_of_a_year(months: int, money: Number) -> Number:
    return money * months / YEAR


def _whole_year(months: int, money: Number) -> Number:
    return money * YEAR / months


def tables(run: Run) -> tuple[Table, ...]:
    """The year's money, the trajectory month by month, and where it leads."""
    return money(run), trajectory(run), ahead(run)


def money(run: Run) -> Table:
    """For how many it is paid, and what a year brings and costs."""
    rows = {
        "People with type 1 diabetes": given(run.inputs["patients.type-1"]),
        "People for whom it is paid": output(run, "cap"),
        **{one.label: given(one) for one in run.inputs.table("money")},
        **{run.model.step(code).label: output(run, code) for code in ("deficit", "left", "each")},
    }
    return table(
        run,
        {label: [cell] for label, cell in rows.items()},
        name="money",
        title="What is paid for, and what a year costs",
        corner="Money",
        columns=("A year",),
        definition="The year's funding, cost and expected saving.",
        method="As the sources give it; people are rounded to whole people.",
        sources_of=("patients", "cap", "money"),
    )


def trajectory(run: Run) -> Table:
    """What would be spent by the end of each month, and what was."""
    spent = {row.code.partition(".")[2]: row for row in run.inputs.table("spent")}
    rows = {
        name: [
            output(run, f"line.{month}"),
            given(spent[str(month)]) if str(month) in spent else NOTHING,
        ]
        for month, name in enumerate(MONTHS, 1)
    }
    return table(
        run,
        rows,
        name="trajectory",
        title="Spending against its trajectory",
        corner="To the end of",
        columns=("Trajectory", "Spent so far"),
        definition="What would be spent by then if the year's funding were spent evenly.",
        method="A twelfth of the year's funding for each month, added up, in whole pounds.",
        sources_of=("money", "spent"),
    )


def ahead(run: Run) -> Table:
    """How spending stands to its trajectory, and the year at this pace."""
    codes = ("above", "year-at-this-pace")
    return table(
        run,
        {run.model.step(code).label: [output(run, code)] for code in codes},
        name="ahead",
        title="Where it leads",
        corner="Money",
        columns=("Pounds",),
        definition="Spending so far against the trajectory, and the year at this pace.",
        method="As if every month were like those so far.",
        sources_of=("money", "spent"),
    )
