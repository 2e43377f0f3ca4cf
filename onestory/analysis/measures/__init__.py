"""Measures: one file for each, in a folder for what it is about; found by walking.

`MEASURES` has them by code. `run(measure, snapshot, period, ...)` gives a `Result`; `run_all` runs
several at once. How to write one
is in docs/guides/analyst.md; the language is in `language`.
"""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType

from onestory.analysis.measures.evaluate import run, run_all
from onestory.analysis.measures.measure import Figure, Measure, MeasureError, Result

__all__ = [
    "MEASURES",
    "Figure",
    "Measure",
    "MeasureError",
    "Result",
    "families",
    "find",
    "run",
    "run_all",
]


def _walk() -> Iterator[tuple[str, Measure]]:
    """Every measure of every folder; its code is the folder's name and the file's."""
    for folder in (found for found in iter_modules(__path__) if found.ispkg):
        package = import_module(f"{__name__}.{folder.name}")
        for file in iter_modules(package.__path__):
            measure = import_module(f"{package.__name__}.{file.name}").MEASURE
            code = f"{folder.name}-{file.name}".replace("_", "-")
            if measure.code != code:
                raise MeasureError(
                    f"{package.__name__}.{file.name} holds the measure {code}, but calls it "
                    f"{measure.code}."
                )
            yield code, measure


MEASURES: Mapping[str, Measure] = MappingProxyType(dict(_walk()))


def families() -> dict[str, str]:
    """The folders, each with what it is about."""
    return {
        found.name: import_module(f"{__name__}.{found.name}").__doc__.strip()
        for found in iter_modules(__path__)
        if found.ispkg
    }


def find(code: str) -> Measure:
    """The measure of this code; if there is none, MeasureError names the one probably meant."""
    if code in MEASURES:
        return MEASURES[code]
    near = get_close_matches(code, MEASURES, n=1)
    meant = f"Did you mean '{near[0]}'?" if near else "`onestory measure list` has them all."
    raise MeasureError(f"There is no measure '{code}'. {meant}")
