"""A model: inputs, and small steps in a row, each from what stands before it.

A step is a pure function of numbers with its rounding. With the inputs as they are every number is
an exact fraction; with drawn ones (see `moving`) it is an array of floats, by the same steps.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import prod

import numpy

from onestory.analysis.needs.inputs import EMPTY, Input, InputError, Inputs
from onestory.analysis.needs.rounding import WHOLE, Number, Rounding
from onestory.analysis.report import Table

BEFORE_ROUNDING = "~"


@dataclass(frozen=True)
class Step:
    """One number that the model works out: from which others, how, and rounded how.

    It takes others as they are printed. `~code` is an earlier step before its rounding.
    """

    code: str
    label: str
    unit: str
    of: tuple[str, ...]
    work: Callable[..., Number]
    rounding: Rounding = WHOLE


@dataclass(frozen=True)
class Model:
    """A topic: what goes in, the steps, and the tables that come out."""

    code: str
    title: str
    about: str
    inputs: Inputs
    steps: tuple[Step, ...]
    lay_out: Callable[["Run"], tuple[Table, ...]]

    def __post_init__(self):
        known = set(self.inputs)
        for step in self.steps:
            if missing := [code for code in step.of if code not in known]:
                raise InputError(
                    f"{self.code}: {step.code} needs {missing[0]}, which is not there."
                )
            known |= {step.code, f"{BEFORE_ROUNDING}{step.code}"}
        for code in self.used:
            if self.inputs[code].value is None:
                raise InputError(f"{self.inputs[code].place}, column value: the model needs one.")

    @cached_property
    def used(self) -> frozenset[str]:
        """The inputs that some step asks for."""
        return frozenset(code for step in self.steps for code in step.of if code in self.inputs)

    def step(self, code: str) -> Step:
        """The step that makes an output."""
        for step in self.steps:
            if step.code == code:
                return step
        raise KeyError(f"{self.code} has no output '{code}'.")

    def leading_to(self, *outputs: str) -> tuple[Step, ...]:
        """The steps that some outputs hang on, in order, those of the outputs among them."""
        wanted, found = set(outputs), []
        for step in reversed(self.steps):
            if step.code in wanted:
                found.append(step)
                wanted |= {code.removeprefix(BEFORE_ROUNDING) for code in step.of}
        return tuple(reversed(found))


@dataclass(frozen=True)
class Run:
    """What a model makes of its inputs: every step's number, before and after rounding."""

    model: Model
    inputs: Inputs
    values: Mapping[str, Number]
    exact: Mapping[str, Number]

    def __getitem__(self, code: str) -> Number:
        """An output or an input by its code."""
        if code not in self.values:
            raise KeyError(f"{self.model.code} has no output and no input '{code}'.")
        return self.values[code]

    def tables(self) -> tuple[Table, ...]:
        """The tables of the chapters."""
        return self.model.lay_out(self)


def run(
    model: Model,
    changes: Mapping[str, Fraction] = EMPTY,
    roundings: Mapping[str, Rounding] = EMPTY,
) -> Run:
    """The model with its inputs as they are, but for `changes` (values by the code of an input).

    `roundings` are by the code of a step, to see what another way of rounding would give.
    """
    inputs = model.inputs.changed(changes) if changes else model.inputs
    given = {code: one.value for code, one in inputs.items()}
    values, exact = work(model.steps, given, roundings)
    return Run(model, inputs, values, exact)


def work(
    steps: Iterable[Step], given: Mapping[str, Number], roundings: Mapping[str, Rounding] = EMPTY
) -> tuple[dict[str, Number], dict[str, Number]]:
    """Each step's number, rounded and not, from the numbers that are given."""
    values, exact = dict(given), {}
    for step in steps:
        made = step.work(
            *(
                exact[code[1:]] if code.startswith(BEFORE_ROUNDING) else values[code]
                for code in step.of
            )
        )
        exact[step.code] = made
        values[step.code] = roundings.get(step.code, step.rounding)(made)
    return values, exact


def times(*numbers: Number) -> Number:
    """All of them multiplied."""
    return prod(numbers)


def total(*numbers: Number) -> Number:
    """All of them added."""
    return sum(numbers)


def less(whole: Number, *parts: Number) -> Number:
    """What is left of a whole."""
    return whole - sum(parts)


def over(part: Number, whole: Number) -> Number:
    """A part of a whole, as a share; nought of nothing."""
    if isinstance(whole, Fraction | int):
        return part / whole if whole else 0 * part
    return numpy.divide(part, whole, out=numpy.zeros(numpy.shape(whole)), where=whole != 0)


def percent(part: Number, whole: Number) -> Number:
    """A part of a whole, in percent."""
    return 100 * over(part, whole)


def per_1000(count: Number, people: Number) -> Number:
    """A crude rate."""
    return 1000 * over(count, people)


def share_of(share: Number, *people: Number) -> Number:
    """A share of all the people of some groups together."""
    return share * sum(people)


# What a step does, said of what it is made from.
IN_WORDS = {
    times: "multiplied",
    total: "added up",
    less: "the first less what follows",
    over: "the first divided by the second",
    percent: "the first in percent of the second",
    per_1000: "the first for every 1,000 of the second",
    share_of: "the first of all the others together",
}


def of(*inputs: Input) -> tuple[str, ...]:
    """The codes of some inputs, for a step."""
    return tuple(one.code for one in inputs)
