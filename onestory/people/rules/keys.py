"""The keys by which people are looked up.

A key is compared for equality only, because that is all that row-level security lets an index do.
So everything that a search forgives is in the keys themselves: they are kept with each person and
made again from what somebody types, and a person who shares one is a candidate. Candidates are
ranked by the sum of the weights of what they share; `compare` then judges the best of them.
"""

from collections.abc import Iterable
from datetime import date
from itertools import combinations, permutations
from typing import NamedTuple

from . import dates, names, numbers, places
from .places import Address
from .weights import KEYS as WEIGHTS

MOST_NAMES = 8
MOST_KEYS = 150


class Key(NamedTuple):
    """What is stored. The kinds:

    pair       the sounds of two names, in either order
    near       the sound of one name and an outline of another, its first letter, first and last,
               or last two: one of them survives any one slip in the other
    token      the sound of one name
    dob        a date of birth
    phone      a telephone number
    house      the house with its postcode, and with the sound of its street
    postcode   a postcode
    reference  a number given by some agency
    """

    kind: str
    value: str


class Wanted(NamedTuple):
    """What is looked up: a key, and what it counts for in this search."""

    kind: str
    value: str
    weight: float


def of_name(given: str | None, family: str | None, other: Iterable[str] = ()) -> set[Key]:
    """The keys of a person's names; `other` are middle, former and assumed ones."""
    first, last = names.split(given), names.split(family)
    others = [word for text in list(other)[:MOST_NAMES] for word in names.split(text).words]
    found = _near(_unique([*first.words, *last.words]))
    for one in {first.words, (first.whole,)}:
        for two in {last.words, (last.whole,)}:
            found |= _sounds(_unique([*one, *two, *others]))
    # Nobody real comes near the limit; it is there for a whole page pasted into a name.
    return found if len(found) <= MOST_KEYS else set(sorted(found, key=_strength)[:MOST_KEYS])


def of_words(words: list[str]) -> set[Key]:
    """The keys of names typed in any order, where nobody says which is which."""
    words = words[: names.MOST_WORDS + 1]
    found = _near(_unique(words)) | _sounds(_unique(words))
    for place in range(len(words) - 1):
        merged = words[place] + words[place + 1]
        found |= _sounds(_unique([*words[:place], merged, *words[place + 2 :]]))
    return found


def of_dob(born: date | None) -> set[Key]:
    """The key of a date of birth."""
    return {Key("dob", born.isoformat())} if born else set()


def of_phone(text: str) -> set[Key]:
    """The key of a telephone number, however it is written."""
    digits = numbers.read_phone(text)
    return {Key("phone", digits)} if digits else set()


def of_address(line: str, postcode: str | None = None) -> set[Key]:
    """The keys of an address; the flat is left out, as it is often not said."""
    place = places.read(Address(line, postcode))
    found = set()
    if place.postcode:
        found.add(Key("postcode", place.postcode))
        if place.house:
            found.add(Key("house", f"{place.house}|{place.postcode}"))
    if place.house and place.street:
        found.add(Key("house", f"{place.house}|~{place.street}"))
    return found


def of_reference(text: str) -> set[Key]:
    """The key of a reference number of any agency."""
    reference = numbers.read_reference(text)
    return {Key("reference", reference)} if reference else set()


def wanted(found: Iterable[Key]) -> set[Wanted]:
    """Keys to look up, each with the weight of its kind."""
    return {Wanted(key.kind, key.value, WEIGHTS[key.kind]) for key in found}


def wanted_dob(born: date) -> set[Wanted]:
    """A date of birth to look up: as it is, with day and month exchanged, and with one slip."""
    exchanged = dates.swapped(born)
    found = {Wanted("dob", born.isoformat(), WEIGHTS["dob"])}
    found |= {
        Wanted("dob", day.isoformat(), WEIGHTS["dob_near"])
        for day in dates.near(born) - {exchanged}
    }
    if exchanged:
        found.add(Wanted("dob", exchanged.isoformat(), WEIGHTS["dob_swapped"]))
    return found


def _strength(key: Key) -> tuple[float, Key]:
    return -WEIGHTS[key.kind], key


def _unique(words: Iterable[str]) -> list[str]:
    return [word for word in dict.fromkeys(words) if word][:MOST_NAMES]


def _sounds(words: list[str]) -> set[Key]:
    """Each name by its sound and by what it is a form of, alone and in pairs."""
    heard = [(names.sound(word), names.forms(word)) for word in words]
    found = {Key("token", value) for said, forms in heard for value in (said, *forms)}
    for (one, forms_of_one), (other, forms_of_other) in combinations(heard, 2):
        found.add(_pair(one, other))
        found.update(_pair(form, other) for form in forms_of_one)
        found.update(_pair(one, form) for form in forms_of_other)
    return found


def _pair(one: str, other: str) -> Key:
    return Key("pair", "+".join(sorted((one, other))))


def _near(words: list[str]) -> set[Key]:
    found = set()
    for one, other in permutations(words, 2):
        said = names.sound(one)
        for outline in (f"{other[0]}_", f"{other[0]}_{other[-1]}", f"_{other[-2:]}"):
            found.add(Key("near", f"{said}+{outline}"))
    return found
