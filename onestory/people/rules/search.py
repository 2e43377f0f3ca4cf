"""One search box: names, a date of birth, a telephone, an address, a reference, in any order."""

import re
from dataclasses import dataclass, field
from datetime import date

from . import dates, keys, names, numbers, places
from .compare import Facts
from .keys import Wanted
from .places import Address
from .wordlists import NOISE, PARTICLES, STREETS

LONGEST_TEXT = 200
MOST_WORDS = 5

KIND_OF_STREET = "|".join(sorted(STREETS, key=len, reverse=True))
HOUSE_NUMBER = r"(?:(?:flat|apartment|apt|unit|room)\s*[0-9a-z]{1,4}[\s,]+)?\b[0-9]{1,4}[a-z]?"
HOUSE = re.compile(
    rf"{HOUSE_NUMBER},?\s+(?:[^\W\d_][\w'’.-]{{0,30}}\s+){{1,3}}?(?:{KIND_OF_STREET})\b\.?",
    re.IGNORECASE,
)
BARE_NUMBER = re.compile(rf"{HOUSE_NUMBER}\s*,?\s*$", re.IGNORECASE)
TOWN = re.compile(r"^\s*,?\s*(?:[^\W\d_]+[\s,]+){0,3}$")
NHS = re.compile(r"(?<![0-9+])[1-9][0-9]{2}([ -]?)[0-9]{3}\1[0-9]{4}(?![0-9])")
PHONE = re.compile(
    r"(?<![\w+])(?:\+|\(?0)[0-9 ()./-]{7,22}[0-9](?![0-9])(?:\s*(?:ext|x)\.?\s*[0-9]{1,6})?"
    r"|(?<![\w+])7[0-9]{3}[ ]?[0-9]{3}[ ]?[0-9]{3}(?![0-9])",
    re.IGNORECASE,
)
REFERENCE = re.compile(
    r"(?<!\w)(?=[\w/-]*[0-9])(?=[\w/-]*[a-z])[a-z0-9]+(?:[/-][a-z0-9]+)*", re.I | re.A
)
BIRTH_YEAR = re.compile(
    r"(?<![\w/-])(?:b\.?\s?|born(?:\s+in)?\s+)?((?:19|20)[0-9]{2})(?![\w/-])", re.I
)
AGE = re.compile(r"\bage[d:]?\s*([0-9]{1,3})\b|\b([0-9]{1,3})\s*(?:yrs?|years?)(?:\s+old)?\b", re.I)


@dataclass(frozen=True)
class Query:
    """What somebody looks for, as far as it can be read from what was typed."""

    words: tuple[str, ...] = ()
    given: str = ""
    family: str = ""
    other_names: frozenset[str] = frozenset()
    dob: date | None = None
    birth_year: int | None = None
    phones: frozenset[str] = frozenset()
    addresses: frozenset[Address] = frozenset()
    references: frozenset[str] = frozenset()

    def keys(self) -> tuple[Wanted, ...]:
        """The keys to look up, the strongest first."""
        found = keys.wanted(keys.of_words(list(self.words)))
        if self.dob:
            found |= keys.wanted_dob(self.dob)
        for phone in self.phones:
            found |= keys.wanted(keys.of_phone(phone))
        for address in self.addresses:
            found |= keys.wanted(keys.of_address(*address))
        for reference in self.references:
            found |= keys.wanted(keys.of_reference(reference))
        return tuple(sorted(found, key=lambda key: (-key.weight, key)))

    def facts(self) -> Facts:
        """The same, to be weighed against a record; names as one would write them."""
        return Facts(
            given=self.given.title(),
            family=self.family.title(),
            other_names=self.other_names,
            dob=self.dob,
            birth_year=self.birth_year,
            phones=self.phones,
            addresses=self.addresses,
        )

    def __bool__(self) -> bool:
        return self != Query()


@dataclass
class _Reading:
    """The text that is still unread, and what has been found in the rest."""

    text: str
    today: date
    dob: date | None = None
    birth_year: int | None = None
    phones: set[str] = field(default_factory=set)
    addresses: set[Address] = field(default_factory=set)
    references: set[str] = field(default_factory=set)

    def take(self, start: int, end: int) -> None:
        """Take a stretch out of the text; a bar stands for it, so that its sides stay apart."""
        self.text = f"{self.text[:start]} | {self.text[end:]}"


def parse(text: str, *, today: date | None = None) -> Query:
    """Read a search, whatever was typed; what cannot be read as anything else is a name."""
    reading = _Reading(text[:LONGEST_TEXT], today or date.today())
    for read in (_dob, _nhs_numbers, _phones, _addresses, _birth_year, _references):
        read(reading)
    return Query(
        **_names(reading.text),
        dob=reading.dob,
        birth_year=reading.birth_year,
        phones=frozenset(reading.phones),
        addresses=frozenset(reading.addresses),
        references=frozenset(reading.references),
    )


def _dob(reading: _Reading) -> None:
    found = next(dates.find_dates(reading.text, today=reading.today), None)
    if found:
        reading.dob, span = found
        reading.take(*span)


def _nhs_numbers(reading: _Reading) -> None:
    for found in reversed(list(NHS.finditer(reading.text))):
        digits = numbers.read_reference(found[0])
        if numbers.is_nhs_number(digits):
            reading.references.add(digits)
            if digits.startswith("7"):  # a mobile number without its 0 may pass the check as well
                reading.phones.add(digits)
            reading.take(*found.span())


def _phones(reading: _Reading) -> None:
    for found in reversed(list(PHONE.finditer(reading.text))):
        end = found.start() + numbers.end_of_phone(found[0])
        digits = numbers.read_phone(reading.text[found.start() : end])
        if digits:
            reading.phones.add(digits)
            reading.take(found.start(), end)


def _addresses(reading: _Reading) -> None:
    """A house with its street, a postcode, or both with the town between them."""
    postcode = places.POSTCODE.search(reading.text)
    house = HOUSE.search(reading.text)
    if postcode and house and postcode.start() < house.end() and house.start() < postcode.end():
        house = None  # "2 RM17 6SL Rd": what looked like a house had swallowed the postcode
    if house and postcode and TOWN.match(reading.text[house.end() : postcode.start()]):
        reading.take(house.start(), postcode.end())
    else:
        if postcode and not house:
            house = BARE_NUMBER.search(reading.text[: postcode.start()])
        for found in sorted(filter(None, (house, postcode)), key=lambda part: -part.start()):
            reading.take(*found.span())
    if house or postcode:
        line = house[0].strip(" ,") if house else ""
        reading.addresses.add(
            Address(line, places.read_postcode(postcode[0]) if postcode else None)
        )


def _birth_year(reading: _Reading) -> None:
    """A year of birth, or an age, which gives the year to within one."""
    found = BIRTH_YEAR.search(reading.text)
    if found and int(found[1]) <= reading.today.year:
        reading.birth_year = int(found[1])
        reading.take(*found.span())
    elif found := AGE.search(reading.text):
        age = int(found[1] or found[2])
        if age <= 120:
            reading.birth_year = reading.today.year - age
            reading.take(*found.span())


def _references(reading: _Reading) -> None:
    for found in reversed(list(REFERENCE.finditer(reading.text))):
        reading.references.add(numbers.read_reference(found[0]))
        reading.take(*found.span())


def _names(text: str) -> dict:
    """The names in what is left: the family name before a comma, or else last."""
    parts = [[word for word in names.words(part) if word not in NOISE] for part in text.split(",")]
    parts = [part[:MOST_WORDS] for part in parts if part]
    if len(parts) == 2:
        family, given = parts
    else:
        given = [word for part in parts for word in part][:MOST_WORDS]
        family = [given.pop()] if given else []
        while len(given) > 1 and given[-1] in PARTICLES:
            family.insert(0, given.pop())
    return {
        "words": tuple((given + family)[:MOST_WORDS]),
        "given": "".join(given[:1]),
        "family": " ".join(family),
        "other_names": frozenset(given[1:]),
    }
