"""Figures that come out of a needs model."""

from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from pathlib import Path

from onestory.analysis import needs
from onestory.analysis.figures.check import Made
from onestory.analysis.figures.printed import FigureError, Printed
from onestory.analysis.figures.ways import Differs, Needs, Way


def modelled(local: Path):
    """A maker of figures from the models of an area, whose inputs lie in `local`."""
    model = cache(lambda topic: needs.topic(topic, local))
    plain = cache(lambda topic: needs.run(model(topic)))

    def make(way: Needs) -> Made:
        def slipped(differs: Differs):
            return _numbers(
                needs.run(model(way.topic), differs.changes, differs.roundings), way.codes
            )

        return Made(_numbers(plain(way.topic), way.codes), slipped=slipped)

    return make


def remarks(printed: Mapping[str, Printed], ways: Mapping[str, Way], topic: str) -> tuple[str, ...]:
    """Where an earlier document printed other figures of a topic: which, and why they are wrong."""
    return tuple(
        f"{printed[id_].subject}: {_grouped(printed[id_].published)} was printed. {way.differs.reason}"
        for id_, way in ways.items()
        if isinstance(way.maker, Needs) and way.maker.topic == topic and way.differs
    )


def _grouped(number: str) -> str:
    return f"{int(number):,}" if number.isdecimal() else number


def _numbers(run: needs.Run, codes: tuple[str, ...]) -> tuple[tuple[Fraction, ...], ...]:
    return tuple(_ends(run, code) for code in codes)


def _ends(run: needs.Run, code: str) -> tuple[Fraction, ...]:
    """An output's number; of an input whose source names two ends, both."""
    try:
        number = run[code]
    except KeyError as error:
        raise FigureError(error.args[0]) from error
    if code in run.inputs and run.inputs[code].interval == "range":
        return (run.inputs[code].low, run.inputs[code].high)
    return (number,)
