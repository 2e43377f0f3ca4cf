"""Postcodes and addresses: which house it is, however the line was written."""

import re
from typing import NamedTuple

from .names import LONGEST_TEXT, WORD, fold, sound
from .wordlists import STREETS

POSTCODE = re.compile(r"\b([a-z]{1,2}[0-9][a-z0-9]?)\s*([0-9][a-z]{2})\b", re.IGNORECASE | re.ASCII)
FLAT = re.compile(
    r"\b(?:flat|apartment|apt|unit|room|studio)\s*(?:no\.?\s*)?([0-9]+[a-z]?|[a-z])\b"
)
NUMBER = re.compile(r"\b([0-9]{1,5})\s?([a-z]?)\b")
# Left out of the sound of a street: its kind, so that Rd is Road, and what is said or not said.
SILENT = STREETS | {"the", "saint"}


class Address(NamedTuple):
    """An address as it was written."""

    line: str
    postcode: str | None = None


class Place(NamedTuple):
    """An address as it is compared; each part is empty where it is not known."""

    flat: str
    house: str
    street: str
    postcode: str

    @property
    def district(self) -> str:
        return self.postcode[:-3]


def read_postcode(text: str | None) -> str:
    """A postcode in capitals without its blank, or nothing."""
    found = POSTCODE.search(text[:LONGEST_TEXT]) if text else None
    return (found[1] + found[2]).upper() if found else ""


def read(address: Address) -> Place:
    """Take an address apart. A house without a number goes by the sound of its name."""
    line = fold(address.line)
    postcode = read_postcode(address.postcode) or read_postcode(line)
    line = POSTCODE.sub(" ", line)
    flat = FLAT.search(line)
    line = FLAT.sub(" ", line).strip(" ,")
    number = NUMBER.search(line)
    if number:
        house, rest = number[1] + number[2], line[number.end() :]
    else:
        name, _, rest = line.partition(",")
        house = _sound_of(name)
    return Place(flat[1] if flat else "", house, _street(rest), postcode)


def _street(text: str) -> str:
    """The sound of the street at the start of `text`: up to a comma or the word for its kind."""
    before, _, _ = text.strip(" ,").partition(",")
    kept = []
    for word in WORD.findall(before):
        if word in STREETS and kept:
            break
        kept.append(word)
    return _sound_of(" ".join(kept))


def _sound_of(text: str) -> str:
    every = WORD.findall(text)
    kept = [word for word in every if word not in SILENT] or every
    return "".join(sound(word) for word in kept[:3])


def agree(one: Place, other: Place) -> str:
    """How two places agree: "same", "postcode" (only that), "different", or "" if it cannot be said."""
    postcodes = bool(one.postcode and other.postcode)
    same_postcode = postcodes and one.postcode == other.postcode
    houses = bool(one.house and other.house)
    if houses and one.house == other.house and _flats_agree(one, other):
        same_street = bool(one.street) and one.street == other.street
        if same_postcode or (same_street and (not postcodes or one.district == other.district)):
            return "same"
    if same_postcode:
        return "postcode"
    streets = bool(one.street and other.street)
    return "different" if postcodes or (houses and streets) else ""


def _flats_agree(one: Place, other: Place) -> bool:
    return not (one.flat and other.flat) or one.flat == other.flat
