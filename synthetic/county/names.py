"""Made-up names, as skewed as real ones: many Smiths, many who share a name with nobody.

The lists are Faker's, read once; the long tail of rare family names is put together from the parts
of English place names.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import accumulate
from random import Random
from typing import NamedTuple

from faker.providers.person import en_GB, en_IN, en_NZ, en_US, ga_IE, ro_RO, tr_TR, yo_NG

GROWN_UP_BEFORE = 1990
DOUBLE_BARRELLED = 0.04
# Zipf's law: the second name of a list is had by 2 ** -SKEW as many as the first.
SKEW = 0.8


def _read(text: str) -> list[str]:
    return text.split()


_BEGINNINGS = _read(
    """
    Ash Black Brad Brand Brock Cal Cold Dun East Elm Farn Fen Grim Hart Hazel Hob Ing Kel Lang Lin
    Mar Mill Nor Oak Old Pen Rad Raven Red Row Sel Shel Stan Stock Sut Thorn Wal Wex Whit Win
    """
)
_ENDINGS = _read(
    """
    borough bourne bury by combe cote croft dale den field ford ham hurst ley mere ridge shaw stead
    thorpe ton well wick wood worth
    """
)


class Bag:
    """Things to draw from, some oftener than others."""

    def __init__(self, weights: Mapping[str, float]):
        self.things = list(weights)
        self.sums = list(accumulate(weights.values()))

    @classmethod
    def by_rank(cls, things: Iterable[str]) -> "Bag":
        """Things in their order, the first the commonest."""
        return cls({thing: (rank + 1) ** -SKEW for rank, thing in enumerate(dict.fromkeys(things))})

    def draw(self, random: Random) -> str:
        return random.choices(self.things, cum_weights=self.sums)[0]


class Community(NamedTuple):
    """Names that go together; `young` are the given names of those born later."""

    families: Bag
    given: dict[str, Bag]
    young: dict[str, Bag]


def _community(provider, families: Bag, young=None) -> Community:
    given, later = _given(provider), _given(young or provider)
    return Community(families, given, later)


def _given(provider) -> dict[str, Bag]:
    lists = {"female": provider.first_names_female, "male": provider.first_names_male}
    return {
        sex: Bag(names) if isinstance(names, Mapping) else Bag.by_rank(names)
        for sex, names in lists.items()
    }


def _english() -> Bag:
    """Six in ten have a common name of Britain, the others one that few have."""
    common, other = en_GB.Provider.last_names, en_US.Provider.last_names
    rare = [first + last for first in _BEGINNINGS for last in _ENDINGS]
    shares = ((common, 0.6), (other, 0.2), (dict.fromkeys(rare, 1.0), 0.2))
    weights: dict[str, float] = {}
    for names, share in shares:
        total = sum(names.values())
        for name, weight in names.items():
            weights[name] = weights.get(name, 0) + share * weight / total
    return Bag(weights)


_COMMUNITIES = (
    (0.74, _community(en_GB.Provider, _english(), en_NZ.Provider)),
    (0.12, _community(en_IN.Provider, Bag.by_rank(en_IN.Provider.last_names))),
    (0.05, _community(yo_NG.Provider, Bag.by_rank(yo_NG.Provider.last_names))),
    (0.05, _community(ro_RO.Provider, Bag.by_rank(ro_RO.Provider.last_names))),
    (0.02, _community(ga_IE.Provider, Bag.by_rank(ga_IE.Provider.last_names))),
    (0.02, _community(tr_TR.Provider, Bag.by_rank(tr_TR.Provider.last_names))),
)
_SHARES = list(accumulate(share for share, _ in _COMMUNITIES))


def community(random: Random) -> Community:
    """Where somebody's names come from."""
    return random.choices(_COMMUNITIES, cum_weights=_SHARES)[0][1]


def given_name(random: Random, names: Community, sex: str, born: date) -> str:
    bags = names.given if born.year < GROWN_UP_BEFORE else names.young
    return bags["male" if sex == "male" else "female"].draw(random)


def family_name(random: Random, names: Community) -> str:
    name = names.families.draw(random)
    if random.random() < DOUBLE_BARRELLED:
        name = f"{name}-{names.families.draw(random)}"
    return name
