"""What moves an output: each input taken to the ends of its interval, and all drawn together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from zlib import crc32

from numpy import clip, full, ndarray, quantile, where
from numpy.random import Generator, default_rng

from onestory.analysis.needs.inputs import EMPTY, Input, Inputs
from onestory.analysis.needs.intervals import INTERVALS, KINDS
from onestory.analysis.needs.model import Model, Step, run, work
from onestory.analysis.needs.rounding import Number

SEED = 2019
DRAWS = 2000
# Half of a 95% interval, in standard deviations.
REACH = 1.959964
TAIL = 0.025


@dataclass(frozen=True)
class Bar:
    """What one input does to one output: at the low end of its interval and at the high end."""

    input: Input
    at_low: Number
    at_high: Number

    @property
    def swing(self) -> Number:
        """How far the output goes from one end to the other."""
        return abs(self.at_high - self.at_low)


@dataclass(frozen=True)
class Spread:
    """An output with its inputs as they are, and between what it lies in 95 of 100 draws."""

    value: Number
    low: float
    high: float


def tornado(model: Model, output: str, changes: Mapping[str, Fraction] = EMPTY) -> tuple[Bar, ...]:
    """What each input with an interval does to an output by itself, the strongest first.

    Inputs that do not move it are left out.
    """
    inputs = run(model, changes).inputs
    given = {code: one.value for code, one in inputs.items()}
    steps = model.leading_to(output)
    bars = []
    for one in _moving(inputs, steps):
        ends = (work(steps, {**given, one.code: end})[0][output] for end in (one.low, one.high))
        bars.append(Bar(one, *ends))
    return tuple(sorted((bar for bar in bars if bar.swing), key=lambda bar: -bar.swing))


def simulate(
    model: Model,
    outputs: Iterable[str],
    changes: Mapping[str, Fraction] = EMPTY,
    *,
    draws: int = DRAWS,
    seed: int = SEED,
) -> dict[str, Spread]:
    """Between what some outputs lie when every input with an interval is drawn from it.

    The same seed gives the same answer. Each input draws from a stream of its own, so that a new
    input does not move the others. Inputs are drawn as if none hung on another.
    """
    outputs, now = tuple(outputs), run(model, changes)
    steps = model.leading_to(*outputs)
    given = {
        code: None if one.value is None else full(draws, float(one.value))
        for code, one in now.inputs.items()
    }
    for one in _moving(now.inputs, steps):
        given[one.code] = draw(one, default_rng([seed, crc32(one.code.encode())]), draws)
    values, _ = work(steps, given)
    return {code: Spread(now[code], *_middle(values[code])) for code in outputs}


def draw(one: Input, stream: Generator, draws: int) -> ndarray:
    """Values of an input: evenly between its ends, or from a normal curve on each side of it."""
    low, value, high = float(one.low), float(one.value), float(one.high)
    if INTERVALS[one.interval].even:
        return stream.uniform(low, high, draws)
    away = stream.standard_normal(draws)
    drawn = value + away * where(away > 0, high - value, value - low) / REACH
    return clip(drawn, 0, KINDS[one.kind].most)


def _moving(inputs: Inputs, steps: Iterable[Step]) -> tuple[Input, ...]:
    """The inputs with an interval that some steps ask for."""
    asked = {code for step in steps for code in step.of}
    return tuple(inputs[code] for code in sorted(asked & inputs.keys()) if inputs[code].ranges)


def _middle(numbers: Number) -> tuple[float, float]:
    """Between what the middle 95 of 100 lie."""
    low, high = quantile(numbers, (TAIL, 1 - TAIL), method="nearest")
    return float(low), float(high)
