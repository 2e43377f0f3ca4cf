"""A report as plain JSON and back again, exactly: what is frozen must read the same for ever.

Every field is written, also where it has its usual value, since what is usual may change. A field
that is added to these classes later needs a usual value, for what was frozen before it.
"""

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from typing import Any

from onestory.analysis.measures import Figure
from onestory.analysis.report import Cell, Chart, Count, Made, Report, Section, Table

VERSION = 1
CLASSES = {one.__name__: one for one in (Cell, Chart, Count, Figure, Made, Report, Section, Table)}
# What JSON has no exact form for: a name, how it is written, and how it is read.
NUMBERS: dict[type, tuple[str, Callable, Callable]] = {
    Decimal: ("decimal", str, Decimal),
    Fraction: ("fraction", str, Fraction),
    float: ("float", repr, float),
    datetime: ("moment", datetime.isoformat, datetime.fromisoformat),
}
READERS = {name: read for name, _, read in NUMBERS.values()}
IS, THE = "is", "the table"
LONG_AGO = datetime(1970, 1, 1)


def to_plain(report: Report) -> dict:
    """The report as dicts, lists, strings and whole numbers."""
    return {"version": VERSION, "report": plainly(report)}


def from_plain(plain: dict) -> Report:
    """The report that `to_plain` was given. ValueError if this is none."""
    try:
        if plain["version"] != VERSION:
            raise ValueError(f"it is of version {plain['version']}, not {VERSION}")
        return exactly(plain["report"])
    except (KeyError, IndexError, TypeError, ArithmeticError, ValueError) as error:
        raise ValueError(f"This frozen report cannot be read: {error}") from error


def fingerprint(report: Report) -> str:
    """The same for two reports if they say the same, whenever they were made."""
    said = json.dumps(plainly(replace(report, made_at=LONG_AGO)), sort_keys=True)
    return sha256(said.encode()).hexdigest()


def plainly(value: Any, tables: tuple[Table, ...] = ()) -> Any:
    """A report or any part of one. `tables` are those of the section, which its charts only name."""
    if value is None or type(value) in (bool, int, str):
        return value
    if type(value) in NUMBERS:
        name, write, _ = NUMBERS[type(value)]
        return {name: write(value)}
    if isinstance(value, tuple):
        return [plainly(one, tables) for one in value]
    for place, table in enumerate(tables):
        if table is value:
            return {THE: place}
    if not is_dataclass(value) or CLASSES.get(type(value).__name__) is not type(value):
        raise TypeError(f"A report cannot hold a {type(value).__name__}.")
    known = value.tables if isinstance(value, Section) else tables
    written = {
        field.name: plainly(getattr(value, field.name), () if field.name == "tables" else known)
        for field in fields(value)
    }
    return {IS: type(value).__name__, **written}


def exactly(plain: Any, tables: tuple[Table, ...] = ()) -> Any:
    """What `plainly` was given."""
    if isinstance(plain, list):
        return tuple(exactly(one, tables) for one in plain)
    if not isinstance(plain, dict):
        return plain
    if THE in plain:
        return tables[plain[THE]]
    if IS not in plain:
        ((name, text),) = plain.items()
        return READERS[name](text)
    own = {name: value for name, value in plain.items() if name != IS}
    if plain[IS] == Section.__name__:
        tables = exactly(own.pop("tables"))
        return Section(
            tables=tables, **{name: exactly(value, tables) for name, value in own.items()}
        )
    return CLASSES[plain[IS]](**{name: exactly(value, tables) for name, value in own.items()})
