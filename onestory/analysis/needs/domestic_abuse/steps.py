"""Survivors by the survey's shares; the costs that the council counts, and what is saved of them."""

from onestory.analysis.needs.inputs import Inputs
from onestory.analysis.needs.layout import EXPECTED
from onestory.analysis.needs.model import Step, less, of, percent, share_of, times, total
from onestory.analysis.needs.rounding import ONE_PLACE

SEXES = {"female": "Women", "male": "Men"}


def steps(inputs: Inputs) -> tuple[Step, ...]:
    """Everything that the topic works out."""
    protection, need = "costs.child-protection.annual", "costs.child-in-need.annual"
    down, bill = "stepped-down.protection-to-need", inputs.table("spending")
    return (
        *(_survivors(inputs, sex, who) for sex, who in SEXES.items()),
        Step(
            "survivors.year",
            "Expected survivors in the last year, aged 16 to 59",
            EXPECTED,
            tuple(f"survivors.year.{sex}" for sex in SEXES),
            total,
        ),
        Step("saved-each", "Saved by one plan stepped down", "pounds", (protection, need), less),
        Step(
            "avoided",
            "Saved in a year by plans stepped down",
            "pounds",
            ("saved-each", down),
            times,
        ),
        Step(
            "returned",
            "What the money put in brings",
            "pounds",
            ("spending.invested", "return.for-a-pound"),
            times,
        ),
        Step("bill", "Cost to the council", "pounds", of(*bill[1:]), total),
        Step(
            "against-england",
            "Incidents, of England's rate",
            "percent",
            ("incidents.here", "comparators.england"),
            percent,
            ONE_PLACE,
        ),
    )


def _survivors(inputs: Inputs, sex: str, who: str) -> Step:
    share = inputs[f"prevalence.year.{sex}"]
    people = inputs.of_ages("population", sex, *share.first_and_last)
    label = (
        f"Expected survivors in the last year: {who.lower()} of {share.ages.replace('-', ' to ')}"
    )
    code = f"survivors.year.{sex}"
    return Step(code, label, EXPECTED, (share.code, *of(*people)), share_of)
