"""Who may have pages of their own, and what makes a word and a number good: no database."""

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum

YOUNGEST, GROWN = 13, 16
SHORTEST_WORD = 4
NUMBER_LENGTH = 6


class MayHave(StrEnum):
    YES = "yes"
    JUDGE = "judge"
    NO = "no"


def may_have(born_on: date | None, birth_year: int | None, today: date) -> MayHave:
    """Whether somebody is old enough for pages of their own.

    From 16 on; from 13 on if a worker has judged that they understand what it means (Gillick), and
    writes down how; under 13 never: there it is a grown-up's part to see and ask. Where only the year
    of birth is known, the younger age counts; where nothing is, it takes a worker's judgement.
    """
    age = _youngest_age(born_on, birth_year, today)
    if age is None:
        return MayHave.JUDGE
    if age < YOUNGEST:
        return MayHave.NO
    return MayHave.YES if age >= GROWN else MayHave.JUDGE


def _youngest_age(born_on: date | None, birth_year: int | None, today: date) -> int | None:
    if born_on:
        had_birthday = (today.month, today.day) >= (born_on.month, born_on.day)
        return today.year - born_on.year - (0 if had_birthday else 1)
    return today.year - birth_year - 1 if birth_year else None


def plain_word(word: str) -> str:
    """A word as it is compared: small letters and figures, so that how it is typed does not matter."""
    return "".join(filter(str.isalnum, word.casefold()))


def why_not_word(word: str, names: Iterable[str], born_on: date | None) -> str:
    """Why a word is no good to agree on; empty if it is good.

    Whoever lives with her knows her names and her birthday: those must not open an invitation.
    """
    plain = plain_word(word)
    if len(plain) < SHORTEST_WORD:
        return f"Agree on a word of at least {SHORTEST_WORD} letters."
    if plain in {plain_word(name) for name in names if name}:
        return "Agree on another word: this is one of her names."
    if plain.isdigit() or (born_on and f"{born_on:%B}".casefold() in plain):
        return "Agree on a word, not a date or a number: the person she fears may know it."
    return ""


def why_not_number(number: str, born_on: date | None) -> str:
    """Why a number is no good to come in with; empty if it is good."""
    if not re.fullmatch(rf"\d{{{NUMBER_LENGTH}}}", number):
        return f"Choose {NUMBER_LENGTH} figures"
    steps = {int(b) - int(a) for a, b in zip(number, number[1:], strict=False)}
    if len(steps) == 1 and steps <= {-1, 0, 1}:
        return "Choose a number that is harder to guess"
    if born_on and number in _dates(born_on):
        return "Choose a number that is not your birthday"
    return ""


def _dates(day: date) -> set[str]:
    return {f"{day:%d%m%y}", f"{day:%m%d%y}", f"{day:%y%m%d}", f"{day:%d%m%Y}"[:6]}
