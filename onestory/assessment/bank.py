"""The question bank of this system, in the words of its area. Read once for each process."""

from collections.abc import Iterator
from functools import cache

from onestory.agencies.area import Pack, PackError
from onestory.agencies.area.faults import Fault, near_miss
from onestory.agencies.pack import pack
from onestory.assessment.definitions import (
    Bank,
    BankError,
    Instrument,
    Question,
    load_bank,
    reworded,
)


def question(code: str) -> Question:
    """The question of this code. Raises `KeyError`."""
    return bank().questions[code]


def questions() -> dict[str, Question]:
    """Every question, by its code, in the order of the files."""
    return bank().questions


def topics() -> dict[str, str]:
    """The title of every topic, by the first part of the codes of its questions."""
    return bank().topics


def instrument(code: str, version: int | None = None) -> Instrument:
    """This version of an instrument, or the newest. Raises `KeyError`."""
    found = bank().instruments.get((code, version)) if version else bank().newest(code)
    if found is None:
        raise KeyError(code)
    return found


def instruments() -> list[Instrument]:
    """The newest version of every instrument, by its title."""
    codes = dict.fromkeys(code for code, _ in bank().instruments)
    return sorted(map(instrument, codes), key=lambda found: found.title)


def bank() -> Bank:
    """Questions and instruments together. Raises `BankError` if they cannot be used."""
    return _worded(pack().digest)


@cache
def _worded(digest: str) -> Bank:
    """By the digest of the pack, since tests may use several."""
    return reworded(_plain(), pack().questions)


def check(pack: Pack) -> None:
    """Raise `PackError` if an area's own words fit no question."""
    try:
        reworded(_plain(), pack.questions)
    except BankError as error:
        raise PackError(pack.code, error.faults) from None
    if faults := [*_unknown_of_risk(pack)]:
        raise PackError(pack.code, faults)


def _unknown_of_risk(pack: Pack) -> Iterator[Fault]:
    """Checklists and suggested steps that name what the bank has not."""
    codes = {code for code, _ in _plain().instruments}
    for form in pack.risk_forms:
        if not form.outside and form.code not in codes:
            yield Fault("", f"risk_forms '{form.code}'", "code", "there is no such instrument")
    for step in pack.plan_suggestions:
        for code in set(step.questions) - set(_plain().questions):
            message = f"there is no question '{code}'{near_miss(code, _plain().questions)}"
            yield Fault("", f"plan_suggestions '{step.code}'", "questions", message)


@cache
def _plain() -> Bank:
    return load_bank()
