"""Pseudonyms and codes; and what must not be written into an account that is to name nobody."""

import re
import secrets

FIRST = [
    "amber",
    "bright",
    "calm",
    "copper",
    "early",
    "gentle",
    "golden",
    "green",
    "happy",
    "hazel",
    "ivory",
    "jade",
    "kind",
    "lilac",
    "lively",
    "lucky",
    "misty",
    "olive",
    "opal",
    "pearl",
    "quiet",
    "rosy",
    "ruby",
    "russet",
    "silver",
    "sunny",
    "violet",
    "warm",
    "willow",
    "winter",
]
SECOND = [
    "acorn",
    "beech",
    "bell",
    "bird",
    "brook",
    "cedar",
    "clover",
    "comet",
    "coral",
    "dawn",
    "fern",
    "finch",
    "harbour",
    "heron",
    "island",
    "lantern",
    "larch",
    "linden",
    "maple",
    "meadow",
    "moon",
    "orchard",
    "otter",
    "pebble",
    "poppy",
    "raven",
    "reed",
    "river",
    "robin",
    "shell",
    "sparrow",
    "star",
    "swift",
    "thistle",
    "tulip",
    "valley",
    "wren",
]
# Without letters and digits that are taken for one another.
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 10

WHO = {
    "a telephone number": re.compile(r"(?<!\d)(?:\+44|0)(?:[\s-]?\d){9,10}(?!\d)"),
    "a postcode": re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b", re.IGNORECASE),
    "an e-mail address": re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+"),
    "a National Insurance number": re.compile(
        r"\b[A-Z]{2}\s?\d{2}\s?\d{2}\s?\d{2}\s?[A-D]\b", re.IGNORECASE
    ),
}


def pseudonym() -> str:
    """Two words and a number: easy to say, and of nobody."""
    return f"{secrets.choice(FIRST)}-{secrets.choice(SECOND)}-{secrets.randbelow(900) + 100}"


def code() -> str:
    """A code of some fifty bits, in two halves."""
    drawn = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
    return f"{drawn[:5]}-{drawn[5:]}"


def as_drawn(text: str) -> str:
    """A code as it was drawn, however it is written."""
    plain = re.sub(r"[\s-]", "", text).upper()
    return f"{plain[:5]}-{plain[5:]}"


def names_somebody(text: str) -> list[str]:
    """What in the text would say who somebody is: 'a telephone number', 'a postcode'."""
    return [what for what, pattern in WHO.items() if pattern.search(text)]
