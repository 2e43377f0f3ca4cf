"""How each figure is made, as an area's `figures.toml` says it.

[needs.sexual_violence]            # outputs or inputs of a topic, by id of the figure
SVA-ever = "survivors.ever"

[reports.housing-safeguarding]     # cells of a yearly report, by their keys
from = 2015-04-01
until = 2018-03-31
[reports.housing-safeguarding.cells]
HS-total = "total._all.2015-04-01.2018-03-31"

[measures]                         # a measure on the latest snapshot
MASH-contacts = { measure = "contacts-received", year = "2021/22", where = { to_team = "mash" } }

[not_yet]                          # of which area they are; * stands for any letters
"REF-*" = "refuge"

[differs.SVA-year]                 # the printed one is wrong: why, and what makes it come out
reason = "…"
input = { "police.female.60" = 7 }

Of a measure: the financial `year`, or `from` and `until`; `where`: only rows with these values (a
word, one of several, { from = 25 }, { first = "…" } of a list); `among`: in percent, those of the
rows; `open_in`: rows that were open at some time in the period; `newcomers`: rows of people of whom
there is none before.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fnmatch import fnmatchcase
from fractions import Fraction
from pathlib import Path
from typing import Any

from onestory.analysis.figures.printed import FigureError
from onestory.analysis.needs.rounding import EXACT, WHOLE, Rounding
from onestory.kernel.calendar import FinancialYear

ROUNDINGS = {
    "exact": EXACT,
    "up": Rounding(WHOLE.places, "up"),
    "cut to one decimal": Rounding(1, "cut"),
}
CUT = "cut"


@dataclass(frozen=True)
class Needs:
    """Outputs or inputs of a needs model, one for each part of the figure."""

    topic: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class ReportCell:
    """A cell of a yearly report over some days."""

    report: str
    start: date
    end: date
    key: str


@dataclass(frozen=True)
class Measured:
    """A measure on a snapshot, of some rows of some days; or in percent, what part some are."""

    measure: str
    start: date
    end: date
    where: Mapping[str, Any] = field(default_factory=dict)
    among: Mapping[str, Any] = field(default_factory=dict)
    open_in: bool = False
    newcomers: bool = False


@dataclass(frozen=True)
class NotYet:
    """A figure of an area that is not built."""

    area: str


Maker = Needs | ReportCell | Measured | NotYet


@dataclass(frozen=True)
class Differs:
    """Why the printed figure is another one, and the slip that makes it come out as printed.

    The slip is what the source did: another input, another rounding of a step, or `cut`: the figure
    was cut off instead of rounded.
    """

    reason: str
    changes: dict[str, Fraction] = field(default_factory=dict)
    roundings: dict[str, Rounding] = field(default_factory=dict)
    cut: bool = False


@dataclass(frozen=True)
class Way:
    """How a figure is made, and why it differs if it does."""

    maker: Maker
    differs: Differs | None = None


def read_ways(path: Path, ids: list[str]) -> dict[str, Way]:
    """The way of every figure. FigureError where one has none or two, or a way has no figure."""
    try:
        read = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise FigureError(f"{path}: cannot be read: {error}.") from error
    try:
        makers = _makers(read)
        differs = {id_: _differs(said) for id_, said in read.pop("differs", {}).items()}
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise FigureError(
            f"{path.name}: an entry lacks something or is not understood: {error}."
        ) from error
    patterns = read.pop("not_yet", {})
    if read:
        raise FigureError(f"{path.name}: [{next(iter(read))}] is not known here.")
    for id_ in (*makers, *differs):
        if id_ not in ids:
            raise FigureError(f"{path.name}: {id_} is no figure of the list.")
    found = {id_: makers.get(id_) or _not_yet(id_, patterns, path.name) for id_ in ids}
    return {id_: Way(maker, differs.get(id_)) for id_, maker in found.items()}


def _makers(read: dict[str, Any]) -> dict[str, Maker]:
    found: dict[str, Maker] = {}
    for topic, rows in read.pop("needs", {}).items():
        for id_, code in rows.items():
            found[id_] = Needs(topic, (code,) if isinstance(code, str) else tuple(code))
    for report, said in read.pop("reports", {}).items():
        for id_, key in said["cells"].items():
            found[id_] = ReportCell(report, said["from"], said["until"], key)
    for id_, said in read.pop("measures", {}).items():
        found[id_] = _measured(said)
    return found


def _measured(said: dict[str, Any]) -> Measured:
    how = dict(said)
    if "year" in how:
        year = FinancialYear.parse(how.pop("year"))
        start, end = year.start, year.end
    else:
        start, end = how.pop("from"), how.pop("until")
    return Measured(start=start, end=end, **how)


def _differs(said: dict[str, Any]) -> Differs:
    return Differs(
        reason=said["reason"],
        changes={code: Fraction(value) for code, value in said.get("input", {}).items()},
        roundings={code: ROUNDINGS[way] for code, way in said.get("rounding", {}).items()},
        cut=said.get(CUT, False),
    )


def _not_yet(id_: str, patterns: dict[str, str], name: str) -> NotYet:
    for pattern, area in patterns.items():
        if fnmatchcase(id_, pattern):
            return NotYet(area)
    raise FigureError(f"{name}: nothing says how {id_} is made, nor of which area it is.")
