"""The question bank of this system, in the words of its area. Read once for each process."""

from functools import cache

from onestory.agencies.area import Pack, PackError
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


@cache
def _plain() -> Bank:
    return load_bank()
