"""Agreed facts about the person using abuse: brought into one form, and turned into marks."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from onestory.agencies.area.pseudonyms import SealedFact
from onestory.agencies.sealed import digest
from onestory.kernel.errors import Refused


class Mark(NamedTuple):
    """What is kept of a fact."""

    kind: str
    mark: str
    points: int


def _name(text: str) -> str:
    """Letters only, without accents: 'O’Neil' and 'oneil' are the same."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in plain if letter.isalnum())


def _digits(text: str) -> str:
    """A telephone number as it is dialled here."""
    digits = re.sub(r"\D", "", text)
    digits = re.sub(r"^(0044|44)(?=\d{9,10}$)", "0", digits)
    return digits if len(digits) >= 9 else ""


def _handle(text: str) -> str:
    return "".join(text.split()).lstrip("@").casefold()


def _plate(text: str) -> str:
    plate = re.sub(r"[^A-Za-z0-9]", "", text).upper()
    return plate if 2 <= len(plate) <= 8 else ""


def _year(text: str) -> str:
    return text.strip() if re.fullmatch(r"(19|20)\d\d", text.strip(), re.ASCII) else ""


FORMS: dict[str, Callable[[str], str]] = {
    "name": _name,
    "digits": _digits,
    "handle": _handle,
    "plate": _plate,
    "year": _year,
}


def in_one_form(fact: SealedFact, text: str) -> str:
    """The fact as it is compared; empty if it cannot be one of its kind."""
    return FORMS[fact.kind](text)


def marks(facts: Iterable[SealedFact], given: Mapping[str, str]) -> list[Mark]:
    """A mark of each fact that was given. Raises `Refused` for one that cannot be read."""
    found = []
    for fact in facts:
        text = given.get(fact.code, "").strip()
        if not text:
            continue
        plain = in_one_form(fact, text)
        if not plain:
            raise Refused(f"{fact.name}: this cannot be compared as it is written.")
        found.append(Mark(fact.code, digest(f"{fact.code}:{plain}", "agreed facts"), fact.points))
    return found


def alike(one: Iterable[Mark], other: Iterable[Mark]) -> int:
    """How many points two accounts have in common: what the database adds up as well."""
    theirs = {(mark.kind, mark.mark): mark.points for mark in other}
    return sum(
        min(mark.points, theirs[mark.kind, mark.mark])
        for mark in one
        if (mark.kind, mark.mark) in theirs
    )
