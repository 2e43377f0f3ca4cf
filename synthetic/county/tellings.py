"""What made-up people tell: who they are, who else is in it, how to reach them, what they need."""

from datetime import date, datetime, timedelta
from functools import cache
from random import Random

from faker.providers.person import en_GB

from onestory.cases.rules.told import Home, Member, SafeWays, Told
from onestory.people.actions import Facts
from synthetic.county import names
from synthetic.county.place import Place

# Numbers that Ofcom keeps for drama: nobody will ever have them.
PHONES = (
    *((code, 496_0000, 1000) for code in ("0113", "0114", "0115", "0116", "0117", "0118")),
    *((code, 496_0000, 1000) for code in ("0121", "0131", "0141", "0151", "0161")),
    ("020", 7946_0000, 1000),
    ("0191", 498_0000, 1000),
    ("01632", 960000, 1000),
    ("07700", 900000, 1000),
)
DISTRICTS = ("RM15", "RM16", "RM17", "RM18", "RM19", "RM20", "SS17")
INWARD = "ABDEFGHJLNPQRSTUWXYZ"
STREETS = ("Road", "Street", "Avenue", "Close", "Lane", "Drive", "Way", "Court", "Gardens")
WORDS = (
    "He has taken her keys and her phone, and she is afraid to go home.",
    "Shouting was heard again at night; she came to the counter with her coat over her nightdress.",
    "He waits outside her work and sends dozens of messages a day.",
    "She has to account for every pound that she spends.",
    "The children hide when he comes home.",
    "He found out the new address from a cousin.",
    "She wants to stay in her home if the locks can be changed.",
    "Her son pushed her down the stairs last week.",
    "They say that she must marry in the summer.",
    "",
)
WISHES = ("To be safe and to keep the tenancy.", "Somebody to talk to.", "To move away.", "")
DECIDED = ("Spoken with the sender.", "Agreed with the survivor by telephone.", "", "High risk.")
SAFE = ("yes", "no", "unknown")
WHEN = ("weekday mornings", "school hours", "after six", "any time", "")


def first(random: Random, place: Place, at: datetime, most_people: int) -> tuple[Facts, Told]:
    """A survivor, and what they told the first time."""
    community, sex = names.community(random), "female" if random.random() < 0.78 else "male"
    family = names.family_name(random, community)
    who = _grown_up(random, community, family, sex, at)
    household = _household(random, place, community, family, at, most_people - 1)
    home = dwelling(random, place)
    told = _told(
        random,
        place,
        phone=_phone(random) if random.random() < 0.8 else "",
        home=home,
        household=household,
        children_in_home=any(m.relationship in place.children for m in household),
    )
    return who, told


def again(random: Random, place: Place, before: Told) -> Told:
    """What the same survivor told another time; some have moved, some have another number."""
    return _told(
        random,
        place,
        phone=_phone(random) if random.random() < 0.2 else "",
        home=dwelling(random, place) if random.random() < 0.2 else None,
        household=(),
        children_in_home=before.children_in_home,
    )


def _told(random: Random, place: Place, **values) -> Told:
    needs = _some(random, place.codes("needs"), 2.0)
    return Told(
        safe=SafeWays(
            safe_to_call=random.choice(SAFE),
            when_safe=random.choice(WHEN),
            voicemail=random.choice(SAFE),
            text_messages=random.choice(SAFE),
            code_word=random.choice(("Bluebell", "Harbour", "", "")),
            must_not_know="The person using abuse" if random.random() < 0.6 else "",
        ),
        abuse=tuple(_some(random, place.codes("abuse")[:9], 0.8)),
        presenting_need=needs[0],
        contributory_needs=tuple(needs[1:]),
        to_team=random.choices(place.doors, weights=range(len(place.doors) + 1, 1, -1))[0],
        sharing=place.consent if random.random() < 0.8 else place.without_consent,
        source=random.choice(place.codes("sources")),
        channel=random.choice(place.codes("channels")),
        danger_now=random.random() < 0.03,
        words=random.choice(WORDS),
        wishes=random.choice(WISHES),
        **values,
    )


def _household(
    random: Random, place: Place, community, family: str, at: datetime, most: int
) -> tuple[Member, ...]:
    members = []
    if random.random() < 0.6:
        theirs = family if random.random() < 0.5 else names.family_name(random, community)
        sex = "male" if random.random() < 0.85 else "female"
        facts = _grown_up(random, community, theirs, sex, at)
        members.append(Member(facts, random.choice(place.using_abuse), random.random() < 0.6, True))
    for _ in range(min(_small(random, 0.85), 4)):
        members.append(Member(_child(random, community, family, at), random.choice(place.children)))
    return tuple(members[:most])


def _grown_up(random: Random, community, family: str, sex: str, at: datetime) -> Facts:
    born = at.date() - timedelta(days=int(random.triangular(16, 80, 31) * 365.25))
    other = names.family_name(random, community) if random.random() < 0.12 else ""
    return _facts(random, names.given_name(random, community, sex, born), family, born, sex, other)


def _child(random: Random, community, family: str, at: datetime) -> Facts:
    born = at.date() - timedelta(days=1 + int(random.random() * 17.9 * 365))
    sex = random.choice(("female", "male"))
    return _facts(random, names.given_name(random, community, sex, born), family, born, sex)


def _facts(random: Random, given: str, family: str, born: date, sex: str, other="") -> Facts:
    """As much of it as was said: of some only the age is known, of some not even that."""
    known = random.random()
    return Facts(
        given,
        family,
        other_names=other,
        born_on=born if known < 0.8 else None,
        birth_year=born.year if 0.8 <= known < 0.95 else None,
        sex=sex,
    )


def dwelling(random: Random, place: Place) -> Home | None:
    """Where somebody lives; of some nobody knows."""
    if random.random() < 0.1:
        return None
    street = f"{random.choice(_street_names())} {random.choice(STREETS)}"
    flat = f"Flat {random.randint(1, 30)}\n" if random.random() < 0.2 else ""
    inward = f"{random.randint(1, 9)}{random.choice(INWARD)}{random.choice(INWARD)}"
    return Home(
        lines=f"{flat}{random.randint(1, 180)} {street}",
        postcode=f"{random.choice(DISTRICTS)} {inward}",
        locality=random.choice(place.codes("localities")),
        housing=random.choice(place.codes("housing")),
        confidential=random.random() < 0.07,
    )


def _phone(random: Random) -> str:
    code, base, number = random.choice(PHONES)
    return f"{code} {base + random.randrange(number)}"


def _some(random: Random, codes: list[str], mean: float) -> list[str]:
    """One code, and about so many more."""
    return random.sample(codes, min(1 + _small(random, mean), len(codes)))


def _small(random: Random, mean: float) -> int:
    """A small whole number, seldom much above the mean."""
    return int(random.expovariate(1 / (mean + 0.5)))


@cache
def _street_names() -> list[str]:
    return list(en_GB.Provider.last_names)
