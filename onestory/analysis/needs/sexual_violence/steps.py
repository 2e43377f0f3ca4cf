"""The steps of the needs assessment, in its order.

Survivors are rounded to whole people before anything is made of them: what a table prints can be
worked out again from what it prints.
"""

from collections.abc import Iterator

from onestory.analysis.needs.inputs import Input, Inputs, tiled
from onestory.analysis.needs.layout import EXPECTED
from onestory.analysis.needs.model import (
    Step,
    less,
    of,
    over,
    per_1000,
    percent,
    share_of,
    times,
    total,
)
from onestory.analysis.needs.rounding import ONE_PLACE, TWO_PLACES, WHOLE

PERIODS = {"ever": "since the age of 16", "year": "in the last year"}
SEXES = {"female": "women", "male": "men"}
ASKED = (16, 59)
CHILDREN, OLDER = (0, 15), (60, 120)
OUTSIDE = {"children": (CHILDREN, "children up to 15"), "older": (OLDER, "people of 60 and over")}
REPORTED, RECORDED = "police.victims.2017", "police.victims.2018"


def steps(inputs: Inputs) -> tuple[Step, ...]:
    """Everything that the chapters work out."""
    return (
        *_survivors(inputs),
        *_all_ages(inputs),
        *_conditions(inputs),
        *_disclosure(inputs),
        *_police(),
        *_known(inputs),
    )


def row_of(one: Input) -> str:
    """Its code within its table."""
    return one.code.partition(".")[2]


def _survivors(inputs: Inputs) -> Iterator[Step]:
    """The survey's shares of each sex and age group, applied to the people who live here."""
    for period, when in PERIODS.items():
        for sex, who in SEXES.items():
            shares = tiled(
                (
                    one
                    for one in inputs.table("prevalence")
                    if one.sex == sex and row_of(one).startswith(f"{period}.")
                ),
                ASKED,
                f"{inputs.home}prevalence, column ages ({period}, {sex})",
            )
            label = f"Expected survivors {when}, {who} of 16 to 59"
            parts = [_group(one, inputs, f"{label}: {one.label}") for one in shares]
            code = f"survivors.{period}.{sex}"
            if [step.code for step in parts] != [code]:
                yield from parts
                yield Step(code, label, EXPECTED, tuple(s.code for s in parts), total)
            else:
                yield Step(code, label, EXPECTED, parts[0].of, share_of)
        yield Step(
            f"survivors.{period}",
            f"Expected survivors {when}, aged 16 to 59",
            EXPECTED,
            tuple(f"survivors.{period}.{sex}" for sex in SEXES),
            total,
        )


def _group(share: Input, inputs: Inputs, label: str) -> Step:
    people = inputs.of_ages("population", share.sex, *share.first_and_last)
    code = f"survivors.{row_of(share)}"
    return Step(code, label, EXPECTED, (share.code, *of(*people)), share_of)


def _all_ages(inputs: Inputs) -> Iterator[Step]:
    """The survey asks people of 16 to 59. For the others: who was reported, over the share of
    survivors who tell the police.
    """
    for code, (ages, who) in OUTSIDE.items():
        reported = [one for sex in SEXES for one in inputs.of_ages("police", sex, *ages)]
        yield Step(
            f"reports.{code}", f"Reports to the police, {who}", "count", of(*reported), total
        )
        yield Step(
            f"survivors.year.{code}",
            f"Expected survivors in the last year, {who}",
            EXPECTED,
            (f"reports.{code}", "disclosure.police"),
            over,
        )
    outside = tuple(f"survivors.year.{code}" for code in OUTSIDE)
    label = "Expected survivors in the last year"
    yield Step("survivors.year.outside", f"{label}, under 16 and over 59", EXPECTED, outside, total)
    parts = ("survivors.year", "survivors.year.outside")
    yield Step("survivors.year.all", f"{label}, all ages", EXPECTED, parts, total)


def _conditions(inputs: Inputs) -> Iterator[Step]:
    """How many survivors live with each condition, and what a year of treatment would cost."""
    for period, when in PERIODS.items():
        costs = []
        for one in inputs.table("conditions"):
            row = row_of(one)
            living = f"conditions.{period}.{row}"
            label = f"{one.label}: survivors {when}"
            yield Step(living, label, EXPECTED, (f"survivors.{period}", one.code), times)
            price = f"costs.{row}"
            if price in inputs and inputs[price].value is not None:
                costs.append(f"cost.{period}.{row}")
                label = f"{one.label}: treatment in a year, survivors {when}"
                yield Step(costs[-1], label, "pounds", (living, price), times)
        label = f"Treatment in a year of all that could be costed, survivors {when}"
        yield Step(f"cost.{period}", label, "pounds", tuple(costs), total)


def _disclosure(inputs: Inputs) -> Iterator[Step]:
    for period, when in PERIODS.items():
        for one in inputs.table("disclosure"):
            yield Step(
                f"told.{period}.{row_of(one)}",
                f"{one.label}: survivors {when}",
                EXPECTED,
                (f"survivors.{period}", one.code),
                times,
            )


def _police() -> Iterator[Step]:
    """Offences that the police recorded: against the population, and against what is expected."""
    charged, everybody = "police.charged.2017", "survivors.year.all"
    for code, label, unit, parts, work, rounding in (
        (
            "rate",
            "Recorded sexual offences for every 1,000 people",
            "rate",
            (REPORTED, "population.all"),
            per_1000,
            ONE_PLACE,
        ),
        ("charged", "Charged, of recorded", "percent", (charged, REPORTED), percent, WHOLE),
        (
            "charged-of-all",
            "Charged, of expected",
            "percent",
            (charged, everybody),
            percent,
            TWO_PLACES,
        ),
        ("reported", "Recorded, of expected", "percent", (REPORTED, everybody), percent, WHOLE),
        ("gap", "Expected, but not recorded", EXPECTED, (everybody, REPORTED), less, WHOLE),
    ):
        yield Step(f"crime.{code}", label, unit, parts, work, rounding)


def _known(inputs: Inputs) -> Iterator[Step]:
    """Who is known to whom, of those expected: met and unmet need."""
    whom = "Children expected to have gone through sexual violence in the last year"
    children = "survivors.year.children"
    for code, label, part in (
        ("police", "reported to the police", "police.by-children"),
        ("rape-crisis", "referred to the rape crisis centre", "referrals.0-15"),
    ):
        rounding = WHOLE if code == "police" else ONE_PLACE
        label = f"{whom}: {label}"
        yield Step(f"children.{code}", label, "percent", (part, children), percent, rounding)
    known = {"police": inputs[RECORDED]}
    known |= {row_of(one): one for one in inputs.table("services")}
    for code, one in known.items():
        parts = (one.code, "survivors.year.all")
        yield Step(
            f"known.{code}", f"{one.label}, of expected", "percent", parts, percent, ONE_PLACE
        )
        yield Step(
            f"unmet.{code}", f"Expected, less: {one.label}", EXPECTED, tuple(reversed(parts)), less
        )
