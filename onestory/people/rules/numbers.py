"""Telephone numbers, NHS numbers and references, as people write them."""

import re

NOT_DIGITS = re.compile(r"[^0-9]")
DIGITS = re.compile(r"[0-9]+")
NOT_SIGNS = re.compile(r"[^0-9A-Z]")
EXTENSION = re.compile(r"(?:\bext?n?\b|\bextension\b|x|#)\.?\s*[0-9]{1,6}\s*$", re.IGNORECASE)
FEWEST_DIGITS = 7
MOST_DIGITS = 15
LONGEST_REFERENCE = 30


def read_phone(text: str) -> str:
    """The last ten digits that tell numbers apart, without 0, 0044 or +44; nothing if too short."""
    text = EXTENSION.sub("", text[:60])
    digits = NOT_DIGITS.sub("", text)
    if digits.startswith("00"):
        digits = digits[2:]
    if digits.startswith("44") and len(digits) > 10:
        digits = digits[2:]
    digits = digits.lstrip("0")
    return digits[-10:] if FEWEST_DIGITS <= len(digits) <= MOST_DIGITS else ""


def end_of_phone(text: str) -> int:
    """Where a number ends, if more digits follow than any British number has: a house, say.

    It is cut only between two groups of digits; where there is no such gap, it is left whole.
    """
    digits = NOT_DIGITS.sub("", text)
    if digits.startswith(("0044", "44")):
        most = 12 + 2 * digits.startswith("00") + ("(0)" in text)
    else:
        most = 11 if digits.startswith("0") and not digits.startswith("00") else MOST_DIGITS
    ends = [
        group.end()
        for group in DIGITS.finditer(text)
        if FEWEST_DIGITS < len(NOT_DIGITS.sub("", text[: group.end()])) <= most
    ]
    return len(text) if len(digits) <= most or not ends else ends[-1]


def read_reference(text: str) -> str:
    """A reference of any agency in capitals and digits alone, so that HS/12-3 is hs 123."""
    return NOT_SIGNS.sub("", text[:60].upper())[:LONGEST_REFERENCE]


def is_nhs_number(digits: str) -> bool:
    """Whether ten digits have the check digit of an NHS number."""
    if len(digits) != 10 or not (digits.isascii() and digits.isdecimal()):
        return False
    weighed = sum(
        int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)
    )
    return (11 - weighed % 11) % 11 == int(digits[9])
