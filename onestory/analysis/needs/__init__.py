"""Needs assessments: what a partnership may expect, worked out from what others have measured.

A topic is a folder here: its steps, its tables and what holds everywhere (national shares, unit
costs). What holds in one area lies in that area's pack: `areas/<area>/needs/<topic>/`, or above it what all topics there share.
"""

from collections.abc import Mapping
from datetime import date
from importlib import import_module
from pathlib import Path

from onestory.analysis.needs.inputs import Input, InputError, Inputs, read
from onestory.analysis.needs.layout import explained, ranges_table, tornado_table
from onestory.analysis.needs.model import Model, Run, Step, run
from onestory.analysis.needs.moving import simulate, tornado

HERE = Path(__file__).parent
TOPICS: Mapping[str, str] = {
    folder.name: import_module(f"{__name__}.{folder.name}").TITLE
    for folder in sorted(HERE.iterdir())
    if (folder / "__init__.py").exists()
}


def topic(code: str, local: Path, on: date | None = None) -> Model:
    """The model of a topic for an area, whose own inputs lie in `local`/<topic>.

    Every table as it was on a day; by default the latest there is. Raises InputError, a ValueError
    that names file, row and column.
    """
    if code not in TOPICS:
        raise InputError(f"There is no topic '{code}'. The topics are: {', '.join(TOPICS)}.")
    module = import_module(f"{__name__}.{code}")
    inputs = read(HERE / code, Path(local), Path(local) / code, on=on)
    return Model(code, module.TITLE, module.ABOUT, inputs, module.steps(inputs), module.tables)


def main_outputs(code: str) -> tuple[str, ...]:
    """The outputs of a topic that are worth a range and a tornado of their own."""
    return import_module(f"{__name__}.{code}").MAIN


def chapters_of(code: str) -> Mapping[str, tuple[str, tuple[str, ...]]]:
    """The chapters of a topic: key to heading and the names of its tables."""
    return import_module(f"{__name__}.{code}").CHAPTERS


def charts_of(code: str) -> Mapping[str, tuple[str, slice]]:
    """Which tables of a topic are drawn: name to the kind of chart and the columns it shows."""
    return import_module(f"{__name__}.{code}").CHARTS


__all__ = [
    "TOPICS",
    "Input",
    "InputError",
    "Inputs",
    "Model",
    "Run",
    "Step",
    "chapters_of",
    "charts_of",
    "explained",
    "main_outputs",
    "ranges_table",
    "read",
    "run",
    "simulate",
    "topic",
    "tornado",
    "tornado_table",
]
