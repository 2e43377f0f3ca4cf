"""How likely it is that two records are of one person, and why.

The method is Fellegi and Sunter's: each field is at one level of agreement, each level has a weight
in bits, the weights add up. What either side does not know counts for nothing. Reasons quote both
records: show them only to somebody who may see both.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal, NamedTuple

from rapidfuzz.distance import OSA, JaroWinkler

from . import dates, names, numbers, places, weights
from .names import Name
from .places import Address, Place

Verdict = Literal["likely", "possible", "no"]


@dataclass(frozen=True)
class Facts:
    """What one record says of a person; empty or None is not known."""

    given: str = ""
    family: str = ""
    other_names: frozenset[str] = frozenset()
    dob: date | None = None
    birth_year: int | None = None
    sex: str | None = None
    phones: frozenset[str] = frozenset()
    addresses: frozenset[Address] = frozenset()

    @cached_property
    def given_name(self) -> Name:
        return names.split(self.given)

    @cached_property
    def family_name(self) -> Name:
        return names.split(self.family)

    @cached_property
    def others(self) -> frozenset[str]:
        """Other names, whole and in words."""
        split = [names.split(text) for text in self.other_names]
        return frozenset(word for name in split for word in (*name.words, name.whole) if word)

    @cached_property
    def known_phones(self) -> frozenset[str]:
        return frozenset(filter(None, map(numbers.read_phone, self.phones)))

    @cached_property
    def known_places(self) -> tuple[Place, ...]:
        return tuple(map(places.read, self.addresses))

    @property
    def year(self) -> int | None:
        return self.dob.year if self.dob else self.birth_year


class Reason(NamedTuple):
    """One field's part in a match, in plain English."""

    field: str
    level: str
    words: str
    weight: float


class Match(NamedTuple):
    """The judgement on two records, heaviest reason first."""

    weight: float
    probability: float
    reasons: tuple[Reason, ...]

    @property
    def verdict(self) -> Verdict:
        if self.weight >= weights.LIKELY:
            return "likely"
        return "possible" if self.weight >= weights.POSSIBLE else "no"


def weigh(a: Facts, b: Facts) -> Match:
    """Compare two records, field by field."""
    reasons = [*_names(a, b), *_birth(a, b)]
    if a.sex and b.sex:
        reasons.append(_reason("sex", "same" if a.sex == b.sex else "different"))
    # A household shares its address and its telephone: where the given names differ they tell
    # that two people live together, not that they are one.
    if not any(reason.field == "given" and reason.level == "different" for reason in reasons):
        reasons.extend(_place(a, b))
    weight = sum(reason.weight for reason in reasons)
    reasons.sort(key=lambda reason: -reason.weight)
    return Match(weight, 1 / (1 + 2 ** -(weight + weights.PRIOR)), tuple(reasons))


def _reason(field: str, level: str, a: str = "", b: str = "") -> Reason:
    weight, words = weights.LEVELS[field][level]
    return Reason(field, level, words.format(a=a, b=b) if a else words, weight)


def _names(a: Facts, b: Facts) -> Iterator[Reason]:
    given = family = ""
    if a.given_name.whole and b.given_name.whole:
        known = a.given_name.whole in b.others or b.given_name.whole in a.others
        given = _level("given", a.given_name, b.given_name, known_by_other=known)
    if a.family_name.whole and b.family_name.whole:
        known = _family_known_by_other(a, b) or _family_known_by_other(b, a)
        family = _level("family", a.family_name, b.family_name, known_by_other=known)
    if given == family == "different" and _crossed(a, b):
        a_name, b_name = (f"{side.given} {side.family}" for side in (a, b))
        words = weights.SWAPPED.words.format(a=a_name, b=b_name)
        yield Reason("names", "swapped", words, weights.SWAPPED.weight)
        return
    if given:
        yield _reason("given", given, a.given, b.given)
    if family:
        yield _reason("family", family, a.family, b.family)


def _level(field: str, one: Name, two: Name, *, known_by_other: bool) -> str:
    """How two names agree: the heaviest level that fits."""
    if len(one.whole) == 1 or len(two.whole) == 1:
        return "initial" if one.whole[0] == two.whole[0] else "different"
    if one.whole == two.whole:
        return "common" if field == "family" and one.whole in weights.COMMON else "exact"
    levels = {"other"} if known_by_other else set()
    if not set(one.words).isdisjoint(two.words):
        levels.add("part")
    if field == "given" and _share_a_form(one, two):
        levels.add("nickname")
    if _spelt_alike(one.whole, two.whole):
        levels.add("alike")
    if names.sound(one.whole) == names.sound(two.whole):
        levels.add("sounds")
    return max(levels, key=lambda level: weights.LEVELS[field][level].weight, default="different")


def _family_known_by_other(a: Facts, b: Facts) -> bool:
    """Whether `b` also goes by the family name of `a`.

    A name that stands alone in `a` may be a given one: nobody has said which it is.
    """
    name = a.family_name.whole
    return name in b.others or (not a.given_name.whole and name == b.given_name.whole)


def _crossed(a: Facts, b: Facts) -> bool:
    """Whether each one's given name is the other's family name, or nearly."""
    pairs = ((a.given_name, b.family_name), (a.family_name, b.given_name))
    apart = ("different", "initial")
    return all(_level("given", *pair, known_by_other=False) not in apart for pair in pairs)


def _share_a_form(one: Name, two: Name) -> bool:
    """Liz and Elizabeth, Liz and Beth: forms of one name."""
    forms = {form for word in one.words for form in names.forms(word)}
    return any(form in forms for word in two.words for form in names.forms(word))


def _spelt_alike(one: str, two: str) -> bool:
    if JaroWinkler.similarity(one, two) >= weights.ALIKE:
        return True
    if min(len(one), len(two)) < weights.LONG_ENOUGH:
        return False
    return OSA.distance(one, two, score_cutoff=1) == 1


def _birth(a: Facts, b: Facts) -> Iterator[Reason]:
    if a.dob and b.dob:
        yield _reason("dob", _dob_level(a.dob, b.dob))
    elif a.year and b.year:
        apart = abs(a.year - b.year)
        yield _reason("birth_year", ("same", "close")[apart] if apart < 2 else "different")


def _dob_level(one: date, two: date) -> str:
    """How two dates of birth agree, the heaviest level first."""
    if one == two:
        return "exact"
    if dates.swapped(one) == two:
        return "swapped"
    if dates.one_slip(one, two):
        return "slip"
    if (one.year, one.month) == (two.year, two.month):
        return "month"
    if (one.month, one.day) == (two.month, two.day):
        return "birthday"
    if one.year == two.year:
        return "year"
    return "close" if abs((one - two).days) <= 366 else "different"


def _place(a: Facts, b: Facts) -> list[Reason]:
    """Telephone and address: the stronger counts, as both only say that people live together."""
    reasons = []
    if a.known_phones and b.known_phones:
        same = not a.known_phones.isdisjoint(b.known_phones)
        reasons.append(_reason("phone", "same" if same else "different"))
    agreements = {places.agree(one, two) for one in a.known_places for two in b.known_places}
    for level in ("same", "postcode", "different"):
        if level in agreements:
            reasons.append(_reason("address", level))
            break
    reasons.sort(key=lambda reason: -reason.weight)
    return reasons[:1] + [
        reason._replace(weight=0.0) for reason in reasons[1:] if reason.weight > 0
    ]
