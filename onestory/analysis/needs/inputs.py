"""The inputs of a model: dated tables in TOML, each row with its source, some with an interval.

A table is a file `<table>.<day>.toml`: what it says held on that day. Of several of the same table
the latest is read, or the latest on a day that is asked for. A row's code goes after the table's:
the row `year.female` of `prevalence.2017-03-31.toml` is the input `prevalence.year.female`.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType

from onestory.analysis.needs.intervals import INTERVALS, KINDS, Interval

NAME = re.compile(r"(?P<table>[a-z][a-z-]*)\.(?P<day>\d{4}-\d\d-\d\d)\.toml")
AGES = re.compile(r"(?P<first>\d+)(?:-(?P<last>\d+)|\+)")
OLDEST = 120
HEADINGS = {"title", "kind", "source", "rows"}


class InputError(ValueError):
    """What is wrong with an input, in plain words: in which file, row and column."""


@dataclass(frozen=True, slots=True)
class Input:
    """One number that somebody else found out, and how far it may be out.

    `value` is None where nobody could say; `unknown` then says so. `interval` names what `low` and
    `high` are: see `intervals`.
    """

    code: str
    label: str
    kind: str
    value: Fraction | None
    low: Fraction | None = None
    high: Fraction | None = None
    interval: str | None = None
    source: str = ""
    as_at: date | None = None
    note: str = ""
    unknown: str = ""
    sex: str = ""
    ages: str = ""
    place: str = ""

    @property
    def ranges(self) -> bool:
        """Whether it has an interval that leaves it any room."""
        return self.interval is not None and self.low != self.high

    def at(self, value: Fraction, place: str) -> "Input":
        """The same with another value; its interval goes where the value is not in it."""
        one = replace(self, value=value, place=place)
        if self.interval and self.low <= value <= self.high:
            return one
        return replace(one, low=None, high=None, interval=None)

    @property
    def first_and_last(self) -> tuple[int, int]:
        """Its ages, both counted: '16-59', '60+', '7'."""
        if self.ages.isdigit():
            return int(self.ages), int(self.ages)
        found = AGES.fullmatch(self.ages)
        return int(found["first"]), int(found["last"] or OLDEST)


class Inputs(Mapping[str, Input]):
    """Inputs by code. One that is missing is named with the file in which it should be."""

    def __init__(self, inputs: Iterable[Input], home: str = ""):
        self._by_code = {one.code: one for one in inputs}
        self.home = home

    def __getitem__(self, code: str) -> Input:
        if code not in self._by_code:
            table, _, row = code.partition(".")
            raise InputError(f"{self.home}{table}: there is no row '{row}', which the model needs.")
        return self._by_code[code]

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_code)

    def __len__(self) -> int:
        return len(self._by_code)

    def table(self, name: str) -> tuple[Input, ...]:
        """The rows of a table, in their order."""
        rows = tuple(one for one in self.values() if one.code.partition(".")[0] == name)
        if not rows:
            raise InputError(f"{self.home}{name}: there is no such table, or it is empty.")
        return rows

    def of_ages(self, table: str, sex: str, first: int, last: int) -> tuple[Input, ...]:
        """The rows of one sex that together are the people of these ages: none left out or twice."""
        return tiled(
            (one for one in self.table(table) if one.sex == sex),
            (first, last),
            f"{self.home}{table}, column ages ({sex})",
        )

    def changed(self, changes: Mapping[str, Fraction]) -> "Inputs":
        """The same with other values, for what an assumption does. Each is checked like a file's."""
        new = dict(self._by_code)
        for code, value in changes.items():
            place = f"{code}, as changed"
            _refuse(place, "value", KINDS[self[code].kind].fault(Fraction(value)))
            new[code] = self[code].at(Fraction(value), place)
        return Inputs(new.values(), self.home)


def tiled(rows: Iterable[Input], ages: tuple[int, int], where: str) -> tuple[Input, ...]:
    """Those rows that together are these ages, in order; InputError where one is missing or twice."""
    first, last = ages
    inside = sorted(
        (one for one in rows if first <= one.first_and_last[0] and one.first_and_last[1] <= last),
        key=lambda one: one.first_and_last,
    )
    due = first
    for one in inside:
        begins, ends = one.first_and_last
        if begins < due:
            raise InputError(f"{where}: age {begins} is in two rows.")
        if begins > due:
            break
        due = ends + 1
    if due <= last:
        raise InputError(f"{where}: nobody aged {due} is in it; {first} to {last} is needed.")
    return tuple(inside)


def read(*folders: Path, on: date | None = None) -> Inputs:
    """The tables of some folders, each as it was on a day (by default the latest there is).

    A table of a later folder stands in for one of the same name in an earlier folder.
    """
    chosen: dict[str, tuple[date, Path]] = {}
    for folder in folders:
        for table, dated in _tables(Path(folder), on).items():
            chosen[table] = dated
    if not chosen:
        raise InputError(f"{', '.join(map(str, folders))}: there are no tables of inputs here.")
    found = [one for table, (day, path) in chosen.items() for one in _rows(table, day, path)]
    return Inputs(found, f"{Path(folders[-1]).name}/")


def _tables(folder: Path, on: date | None) -> dict[str, tuple[date, Path]]:
    found: dict[str, tuple[date, Path]] = {}
    for path in sorted(folder.glob("*.toml")):
        named = NAME.fullmatch(path.name)
        if not named:
            raise InputError(f"{_short(path)}: its name should be like population.2017-06-30.toml.")
        try:
            day = date.fromisoformat(named["day"])
        except ValueError:
            raise InputError(f"{_short(path)}: {named['day']} is no day.") from None
        if on is None or day <= on:
            found[named["table"]] = (day, path)
    return found


def _rows(table: str, day: date, path: Path) -> Iterator[Input]:
    where = _short(path)
    try:
        read = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{where}: cannot be read: {error}.") from error
    for heading in ("kind", "source", "rows"):
        _refuse(where, heading, "" if read.get(heading) else "is missing.")
    _refuse(where, "kind", "" if read["kind"] in KINDS else f"must be one of {', '.join(KINDS)}.")
    for heading in read.keys() - HEADINGS:
        _refuse(where, heading, "is not known here.")
    codes = set()
    for number, row in enumerate(read["rows"], 1):
        one = _row(f"{where}, row {number}", table, row, read, day)
        _refuse(one.place, "code", "is the code of an earlier row." if one.code in codes else "")
        codes.add(one.code)
        yield one


MAY = {one.name for one in fields(Input)} - {"kind", "as_at", "place"}


def _row(place: str, table: str, row: dict, head: dict, day: date) -> Input:
    for column in ("code", "label"):
        _refuse(place, column, "" if isinstance(row.get(column), str) else "is missing.")
    place = f"{place} ({row['code']})"
    for column in row.keys() - MAY:
        _refuse(place, column, "is not known here.")
    words = {k: row[k] for k in ("label", "note", "unknown", "sex", "ages", "interval") if k in row}
    for column, word in words.items():
        _refuse(place, column, "" if isinstance(word, str) else "must be text.")
    if "value" not in row and "unknown" not in row:
        _refuse(place, "value", "is missing; where nobody could say, write why as 'unknown'.")
    if "ages" in row and not (row["ages"].isdigit() or AGES.fullmatch(row["ages"])):
        _refuse(place, "ages", f"{row['ages']!r} should be like 16-59 or 60+.")
    numbers = {k: _number(place, k, row[k]) for k in ("value", "low", "high") if k in row}
    one = Input(
        **words,
        code=f"{table}.{row['code']}",
        kind=head["kind"],
        value=numbers.get("value"),
        source=row.get("source", head["source"]),
        as_at=day,
        place=place,
    )
    kind = KINDS[one.kind]
    for column, number in numbers.items():
        _refuse(place, column, kind.fault(number))
    return replace(one, **_interval(one, numbers, row.get("value"))._asdict())


def _interval(one: Input, numbers: dict[str, Fraction], written: object) -> Interval:
    """Its two ends: as given, or worked out from what the row says they are."""
    if ("low" in numbers) != ("high" in numbers):
        _refuse(one.place, "low" if "high" in numbers else "high", "is missing.")
    given = (numbers["low"], numbers["high"]) if "low" in numbers else None
    name = one.interval or ("range" if given else None)
    if name is None:
        return Interval(None, None, None)
    _refuse(
        one.place,
        "interval",
        "" if name in INTERVALS else f"must be one of {', '.join(INTERVALS)}.",
    )
    ends = INTERVALS[name]
    if (given is None) != ends.computed:
        _refuse(one.place, "interval", f"{name!r} {ends.needs}")
    low, high = given or ends.work(written, KINDS[one.kind])
    if low > high:
        _refuse(one.place, "low and high", "are upside down: the lower end comes first.")
    if not low <= one.value <= high:
        _refuse(one.place, "value", f"{float(one.value):g} lies outside its own interval.")
    return Interval(low, high, name)


def _number(place: str, column: str, written: object) -> Fraction:
    if isinstance(written, bool) or not isinstance(written, int | Decimal):
        _refuse(place, column, f"{written!r} is not a number.")
    if not Decimal(written).is_finite():
        _refuse(place, column, f"{written} is not a number.")
    return Fraction(written)


def _refuse(place: str, column: str, fault: str) -> None:
    if fault:
        raise InputError(f"{place}, column {column}: {fault}")


def _short(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


EMPTY = MappingProxyType({})
