"""How names are spelt and how they sound: what is the same name, written by different hands."""

import re
import unicodedata
from typing import NamedTuple

from jellyfish import metaphone

from .wordlists import FORMS, PARTICLES, TITLES

LONGEST_TEXT = 200
LONGEST_WORD = 40
MOST_WORDS = 4

APOSTROPHES = (
    "'`\N{ACUTE ACCENT}\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}\N{PRIME}"
    "\N{MODIFIER LETTER APOSTROPHE}\N{MODIFIER LETTER TURNED COMMA}"
)
# Latin letters that do not come apart into a plain letter and a mark.
PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
    | dict.fromkeys(APOSTROPHES)
)
WORD = re.compile(r"[^\W\d_]+")


class Name(NamedTuple):
    """A name in its parts: `words` that can stand alone, and all of it run together."""

    words: tuple[str, ...]
    whole: str


def fold(text: str) -> str:
    """Small plain letters, without accents and apostrophes; other scripts keep their letters."""
    text = text[:LONGEST_TEXT].translate(PLAIN)
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    # Marks (M) are accents and vowel points; Cf are the unseen signs that turn or join writing.
    kept = (c for c in apart if unicodedata.category(c) not in ("Mn", "Mc", "Me", "Cf"))
    return "".join(kept).translate(PLAIN)


def words(text: str) -> list[str]:
    """The words of a name, in their order, without titles unless there is nothing else."""
    found = [word[:LONGEST_WORD] for word in WORD.findall(fold(text))]
    return [word for word in found if word not in TITLES] or found


def split(text: str | None) -> Name:
    """Take a name apart: O Neill is neill and oneill, Smith-Jones is smith, jones, smithjones."""
    every = words(text or "")[:MOST_WORDS]
    standing = [word for word in every if word not in PARTICLES]
    return Name(tuple(standing or every), "".join(every)[:LONGEST_WORD])


def sound(word: str) -> str:
    """How a word sounds, in capitals; a word in another script stands for itself."""
    if not word.isascii():
        return word
    # The ch of Christine is a k, which metaphone does not know.
    return metaphone(word.replace("chr", "kr")) or word


def forms(word: str) -> tuple[str, ...]:
    """The names that `word` is a form of: liz is elizabeth, alex is alexander and alexandra."""
    return FORMS.get(word, ())
