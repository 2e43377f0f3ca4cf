"""What is wrong with a pack, said so that its author can put it right."""

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from onestory.agencies.area.vocabulary import KEBAB


@dataclass(frozen=True)
class Fault:
    """One thing wrong: in which file, entry and field, and what was expected."""

    file: str
    entry: str
    field: str
    message: str

    def __str__(self) -> str:
        where = ", ".join(part for part in (self.file, self.entry) if part)
        return f"{where}: {self.message}" if where else self.message


class PackError(Exception):
    """A pack that cannot be used, with everything that is wrong with it at once."""

    def __init__(self, name: str, faults: Iterable[Fault]):
        self.name = name
        self.faults = list(faults)
        super().__init__(name, self.faults)

    def __str__(self) -> str:
        count = len(self.faults)
        heading = f"The area pack '{self.name}' has {count} fault{'s' if count != 1 else ''}:"
        return "\n".join([heading, *(f"  {fault}" for fault in self.faults)])


def closest(word: str, known: Iterable[str]) -> str | None:
    """The known word that was probably meant."""
    return next(iter(difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)), None)


def near_miss(word: str, known: Iterable[str]) -> str:
    """A question naming the likeliest word, or the words there are, or nothing."""
    known = list(known)
    close = closest(word, known)
    if close:
        return f"; did you mean '{close}'?"
    return f"; expected one of: {', '.join(known)}" if 0 < len(known) <= 20 else ""


def first_causes(errors: list[dict], fields: Iterable[str]) -> list[dict]:
    """The errors without those that only follow from another.

    A misspelt field is not also missing; a list with a bad entry is not also too short.
    """
    unknown = [str(error["loc"][-1]) for error in errors if error["type"] == "extra_forbidden"]
    misspelt = {closest(word, fields) for word in unknown}
    places = [error["loc"] for error in errors]
    return [
        error
        for error in errors
        if not (error["type"] == "missing" and error["loc"][-1] in misspelt)
        and not any(
            error["loc"] == place[: len(error["loc"])] and error["loc"] != place for place in places
        )
    ]


def explain(error: dict, fields: Iterable[str]) -> tuple[str, str]:
    """The field, and a plain sentence, for one error that pydantic found."""
    path = ", ".join(str(part + 1) if isinstance(part, int) else part for part in error["loc"])
    value, field = error["input"], f"'{path}'" if path else "the entry"
    context = error.get("ctx", {})
    match error["type"]:
        case "missing":
            message = f"{field} is missing"
        case "extra_forbidden":
            message = f"{field} is not a field known here{near_miss(path, fields)}"
        case "string_pattern_mismatch":
            message = f"{field} is '{value}', but {_well_formed(str(value), context['pattern'])}"
        case "literal_error":
            known = re.findall(r"'([^']+)'", context["expected"])
            message = f"{field} is '{value}', which is not known{near_miss(str(value), known)}"
        case "value_error":
            said = str(context["error"])
            message = f"{field}: {said}" if path else said
        case "string_too_short":
            message = f"{field} is empty"
        case "too_short":
            message = f"{field} needs at least one entry"
        case kind if kind in _EXPECTED:
            message = f"{field} must be {_EXPECTED[kind]}, but is {_shown(value)}"
        case _:
            message = f"{field}: {error['msg'][0].lower()}{error['msg'][1:]}"
    return path, message


_EXPECTED = {
    "string_type": "text in quotation marks",
    "bool_type": "true or false, without quotation marks",
    "date_type": "a date such as 2024-04-01, without quotation marks",
    "int_type": "a whole number, without quotation marks",
    "float_type": "a number, without quotation marks",
    "tuple_type": "a list in square brackets",
    "dict_type": "a table",
    "model_type": "a table",
    "model_attributes_type": "a table",
    "greater_than": "more than nothing",
    "string_too_long": "a single character",
}


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else str(value)


def _well_formed(value: str, pattern: str) -> str:
    joint, called = ("-", "hyphens") if pattern == KEBAB else ("_", "underscores")
    tidy = joint.join(re.findall(r"[a-z0-9]+", value.lower()))
    rule = f"a code is made of small letters, figures and {called}"
    return f"{rule}: try '{tidy}'" if tidy else rule
