"""From the numbers of a run to cells and tables."""

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction

from onestory.analysis.needs.inputs import EMPTY, Input
from onestory.analysis.needs.model import BEFORE_ROUNDING, IN_WORDS, Model, Run
from onestory.analysis.needs.moving import DRAWS, SEED, simulate, tornado
from onestory.analysis.needs.rounding import Number, Rounding
from onestory.analysis.prose import listed
from onestory.analysis.report import Cell, Table

# A number of people that a model expects. Nobody counted them, so it points at nobody.
EXPECTED = "expected people"
NOTHING = Cell(None, gap="\N{EN DASH}")
# In how many decimals a number of each kind of input may be printed, the fewest first.
PLACES = {"share": (0, 1, 2, 3), "rate": (1, 2), "pounds": (0, 2), "number": (0, 1)}


def printed(number: Number, places: int | None) -> int | Decimal:
    """A number to so many decimals, for a cell."""
    rounded = Rounding(places or 0)(Fraction(number))
    if not places:
        return int(rounded)
    whole = int(rounded * 10**places)
    return Decimal(whole).scaleb(-places)


def output(run: Run, code: str) -> Cell:
    """What a step makes, as it is printed."""
    step = run.model.step(code)
    number = run[code]
    return Cell(printed(number, step.rounding.places), step.unit, exact=run.exact[code])


def given(one: Input) -> Cell:
    """An input, as it is printed: a share in percent, in as many decimals as it has."""
    if one.value is None:
        return Cell(None, gap=one.unknown)
    return of_kind(one.value, one.kind)


def of_kind(value: Fraction, kind: str) -> Cell:
    """A number of a kind of input: shares in percent, in as many decimals as they need."""
    number = 100 * value if kind == "share" else value
    unit = {"share": "percent", "pounds": "pounds"}.get(kind, kind)
    places = PLACES.get(kind, (0,))
    exact = (p for p in places if (number * 10**p).denominator == 1)
    return Cell(printed(number, next(exact, places[-1])), unit, exact=number)


def explained(run: Run, code: str) -> str:
    """How an output came about: from which numbers, what was done with them, and its rounding."""
    step = run.model.step(code)
    parts = [_part(run, one) for one in step.of]
    done = f" ({IN_WORDS[step.work]})" if step.work in IN_WORDS and len(parts) > 1 else ""
    said = f"{step.label}: {output(run, code).text}, from {listed(parts)}{done}"
    return f"{said}; {step.rounding.words}."


def _part(run: Run, code: str) -> str:
    """'Women, in the last year (3.1%)'."""
    if code in run.inputs:
        return f"{run.inputs[code].label} ({given(run.inputs[code]).text})"
    name = code.removeprefix(BEFORE_ROUNDING)
    before = " before rounding" if name != code else ""
    return f"{run.model.step(name).label} ({output(run, name).text}{before})"


def sources(inputs: Iterable[Input]) -> str:
    """Where some inputs come from, each source once."""
    return "; ".join(dict.fromkeys(one.source for one in inputs))


def tornado_table(model: Model, code: str, changes: Mapping[str, Fraction] = EMPTY) -> Table:
    """What moves an output: a row for each input with an interval, the strongest first."""
    bars = tornado(model, code, changes)
    step = model.step(code)
    places = step.rounding.places
    return Table(
        name=f"moves-{code}",
        of_people=False,
        made="modelled",
        title=f"What moves: {step.label}",
        corner="Input",
        columns=("Low end", "High end", "With the low end", "With the high end"),
        rows=_labels([bar.input for bar in bars]),
        cells=tuple(
            (
                of_kind(bar.input.low, bar.input.kind),
                of_kind(bar.input.high, bar.input.kind),
                Cell(printed(bar.at_low, places), step.unit, exact=Fraction(bar.at_low)),
                Cell(printed(bar.at_high, places), step.unit, exact=Fraction(bar.at_high)),
            )
            for bar in bars
        ),
        definition=f"{step.label}, with one input at an end of its interval and all others as they are.",
        source=sources(bar.input for bar in bars),
        method="Inputs without an interval, and those that do not move it, are left out.",
    )


def _labels(inputs: list[Input]) -> tuple[str, ...]:
    """What they are called; where two are called alike, with the table of each."""
    seen = Counter(one.label for one in inputs)
    return tuple(
        one.label if seen[one.label] == 1 else f"{one.label} ({one.code.partition('.')[0]})"
        for one in inputs
    )


def ranges_table(
    model: Model,
    codes: Iterable[str],
    changes: Mapping[str, Fraction] = EMPTY,
    *,
    draws: int = DRAWS,
    seed: int = SEED,
) -> Table:
    """Between what some outputs lie, when all inputs with an interval are drawn from it."""
    found = simulate(model, codes, changes, draws=draws, seed=seed)
    steps = {code: model.step(code) for code in found}
    return Table(
        name="ranges",
        of_people=False,
        made="modelled",
        title="How far the estimates may be out",
        corner="Estimate",
        columns=("Estimate", "From", "To"),
        rows=tuple(steps[code].label for code in found),
        cells=tuple(
            tuple(
                Cell(printed(number, steps[code].rounding.places), steps[code].unit)
                for number in (spread.value, spread.low, spread.high)
            )
            for code, spread in found.items()
        ),
        definition="Each estimate, and between what it lies in 95 of 100 draws of the inputs.",
        source=sources(model.inputs[code] for code in sorted(model.used)),
        method=(
            f"Every input with an interval is drawn from it {draws:,} times, each by itself"
            f" (seed {seed}); inputs without one stay as they are."
        ),
    )


def table(run: Run, rows: Mapping[str, Iterable[Cell]], **words: object) -> Table:
    """A table by its rows: label to cells. `sources_of` are the tables of inputs it rests on."""
    used = [one for name in words.pop("sources_of") for one in run.inputs.table(name)]
    return Table(
        rows=tuple(rows),
        cells=tuple(tuple(cells) for cells in rows.values()),
        source=sources(used),
        of_people=False,
        made="modelled",
        **words,
    )
