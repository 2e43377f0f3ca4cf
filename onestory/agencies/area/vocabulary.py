"""Lists of coded words, and how loosely written text finds its way to a code."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Annotated, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

KEBAB = r"^[a-z0-9]+(-[a-z0-9]+)*$"

Code = Annotated[str, StringConstraints(pattern=KEBAB)]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Listed = Field(strict=False)  # a TOML list becomes a tuple, since a pack never changes
Texts = Annotated[tuple[Text, ...], Listed]
Codes = Annotated[tuple[Code, ...], Listed]

_DASHES = re.compile("[\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}]")
_APOSTROPHES = re.compile("[\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}]")
_AROUND_JOINTS = re.compile(r"\s*([/-])\s*")


class Entry(BaseModel):
    """Anything that a pack lists: nothing unknown allowed in, nothing guessed, never changed."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Term(Entry):
    """One word of a vocabulary. Its code stays for ever; its name may be reworded."""

    code: Code
    name: Text
    variants: Texts = ()
    ended: date | None = None
    help: str = ""
    source: str = ""
    verified: bool = True


T = TypeVar("T", bound=Term)


def plain(text: str) -> str:
    """The text as it is compared: case, odd blanks and kinds of dash no longer matter."""
    text = unicodedata.normalize("NFKC", text).casefold()
    text = _APOSTROPHES.sub("'", _DASHES.sub("-", text))
    return _AROUND_JOINTS.sub(r"\1", " ".join(text.split()))


def spellings(term: Term) -> set[str]:
    """Every compared form that means this term."""
    return {plain(text) for text in (term.code, term.name, *term.variants)}


class Vocabulary(Generic[T]):
    """The terms of one list, in the order of the file."""

    def __init__(self, terms: Iterable[T] = ()):
        self._terms = {term.code: term for term in terms}
        self._found = {text: term for term in self._terms.values() for text in spellings(term)}

    def __getitem__(self, code: str) -> T:
        return self._terms[code]

    def __contains__(self, code: object) -> bool:
        return code in self._terms

    def __iter__(self) -> Iterator[T]:
        return iter(self._terms.values())

    def __len__(self) -> int:
        return len(self._terms)

    def get(self, code: str) -> T | None:
        """The term of this code, if there is one."""
        return self._terms.get(code)

    def name(self, code: str) -> str:
        """The name to show; an unknown code shows itself, so that old records stay readable."""
        term = self._terms.get(code)
        return term.name if term else code

    def choices(self, on: date | None = None) -> list[tuple[str, str]]:
        """Code and name of every term that may be chosen that day (by default today)."""
        day = on or date.today()
        return [(t.code, t.name) for t in self if t.ended is None or t.ended > day]

    def find(self, text: str) -> T | None:
        """The term that this text means, ended ones too, since old lists still use them."""
        return self._found.get(plain(text))
