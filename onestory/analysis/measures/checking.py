"""Whether a measure can be asked at all: of a table, of a snapshot, and as somebody asked it."""

from collections.abc import Collection, Iterator
from dataclasses import fields, is_dataclass
from datetime import date, datetime

from onestory.analysis.measures import language as say
from onestory.analysis.measures.measure import TIMES, Measure, MeasureError
from onestory.analysis.table import Table

WHOLE = ("int", "hours")
NUMBERS = (*WHOLE, "number")
GROUPED = ("text", "text[]", "bool")
PLAIN = {str: "text", int: "int", date: "date", datetime: "timestamp"}


def check(
    measure: Measure,
    columns: Collection[str],
    *,
    by: str | None,
    area: str | None,
    team: str | None,
) -> None:
    """Refuse what cannot be asked of this measure, or of its table, which has these columns."""
    if by is not None and by not in measure.cuts:
        known = ", ".join(measure.cuts)
        raise MeasureError(f"Measure {measure.code} has no group '{by}': it has {known}.")
    for code, column, word in ((area, measure.area, "area"), (team, measure.team, "team")):
        if code is not None and column is None:
            raise MeasureError(f"Measure {measure.code} cannot be run for one {word}.")
    needed = columns_of(measure, by)
    if area is not None:
        needed.add(measure.area)
    if team is not None:
        needed.add(measure.team)
    if missing := sorted(needed - set(columns)):
        raise MeasureError(
            f"Measure {measure.code} needs {', '.join(missing)} in the table {measure.table}, "
            "which this snapshot does not have: make a new snapshot."
        )


def faults(measure: Measure, table: Table) -> Iterator[str]:
    """What is wrong with a measure, looking at the definition of its table."""
    if missing := sorted(columns_of(measure) - set(table.by_code)):
        yield f"the table {table.code} has no column {', '.join(missing)}."
        return
    places = ((measure.on, "on"), (measure.until, "until"))
    for column, word in places:
        if column and table.by_code[column].type != "date":
            yield f"{word} is '{column}', which is no date."
    for column, word in ((measure.team, "team"), (measure.area, "area")):
        if column and column not in table.by_code:
            yield f"{word} is '{column}', which the table {table.code} does not have."
    for group in measure.groups:
        needed = columns_of(measure, group) - set(table.by_code)
        if needed or (group in table.by_code and table.by_code[group].type not in GROUPED):
            yield f"it cannot be cut by '{group}'."
    for made in (measure.numerator, measure.denominator):
        yield from _wrong(made, table)


def _wrong(part: object, table: Table) -> Iterator[str]:
    """Comparisons of what cannot be compared, sums of what cannot be added."""
    match part:
        case say.Compare(_, left, right):
            one, other = _type(left, table), _type(right, table)
            if one != other and not (one in NUMBERS and other in NUMBERS):
                yield f"it compares {one} with {other}."
        case say.Among(value, options):
            one = _type(value, table)
            if wrong := {_type(option, table) for option in options} - {one}:
                yield f"it looks for {', '.join(sorted(wrong))} in {one}."
        case say.Has(value, _) if _type(value, table) != "text[]":
            yield "it looks into a column that is no list."
        case say.Is(value, _) if _type(value, table) != "bool":
            yield "it asks yes or no of a column that says something else."
        case say.Missing(value) if _type(value, table) == "text[]":
            yield "a list is never missing."
        case say.Sum(_, value) | say.Mean(_, value) | say.Median(_, value):
            if _type(value, table) not in WHOLE:
                yield f"it adds up {_type(value, table)}; only whole numbers can be added."
        case say.Days(start, end) if {_type(start, table), _type(end, table)} != {"date"}:
            yield "days go from date to date."
        case say.Hours(start, end) if {_type(start, table), _type(end, table)} != {"timestamp"}:
            yield "hours go from moment to moment."
    if is_dataclass(part):
        for one in fields(part):
            yield from _wrong(getattr(part, one.name), table)


def _type(value: object, table: Table) -> str:
    match value:
        case say.Column(name):
            return table.by_code[name].type
        case say.LastDay():
            return "date"
        case say.Days():
            return "int"
        case say.Hours():
            return "hours"
    return PLAIN[type(value)]


def columns_of(measure: Measure, by: str | None = None) -> set[str]:
    """The columns that a measure reads."""
    found = {measure.on, *([measure.until] if measure.until else [])}
    for made in (measure.numerator, measure.denominator):
        found |= set(_names(made))
    if by == "age_band":
        found.add("age")
    elif by is not None and by not in TIMES:
        found.add(by)
    return found


def reads_end(part: object) -> bool:
    """Whether it asks for the last day that is counted anywhere."""
    if isinstance(part, say.LastDay):
        return True
    return is_dataclass(part) and any(reads_end(getattr(part, one.name)) for one in fields(part))


def _names(part: object) -> Iterator[str]:
    """The columns anywhere in an expression."""
    if isinstance(part, say.Column):
        yield part.name
    elif isinstance(part, say.People):
        yield "person"
    elif isinstance(part, say.Different):
        yield from part.columns
    if is_dataclass(part):
        for one in fields(part):
            yield from _names(getattr(part, one.name))
