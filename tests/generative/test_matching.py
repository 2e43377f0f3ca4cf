"""What is promised of finding and matching, for people and slips that nobody thought of."""

import random
import string
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date, timedelta
from math import inf

import pytest
from faker import Faker
from hypothesis import given
from hypothesis import strategies as st

from onestory.people.rules import dates, keys, search
from onestory.people.rules.compare import Facts, weigh
from onestory.people.rules.keys import Key
from onestory.people.rules.places import Address

TODAY = date(2026, 11, 20)
MOST_KEYS_SOUGHT = 250

POPULATION = 20_000
SOUGHT = 400
CANDIDATES = 100

letters = st.text(string.ascii_lowercase, min_size=1, max_size=12)
any_name = st.one_of(
    letters, st.text(max_size=30), st.sampled_from(["Liz", "Smith", "O'Neill", "J"])
)
days = st.dates(date(1900, 1, 1), TODAY)
addresses = st.builds(
    Address,
    st.one_of(
        st.text(max_size=30), st.sampled_from(["12 High St", "Flat 2, 12 High Street", "12"])
    ),
    st.sampled_from([None, "RM17 6SL", "SS1 1AA"]),
)
facts = st.builds(
    Facts,
    given=any_name,
    family=any_name,
    other_names=st.frozensets(any_name, max_size=2),
    dob=st.none() | days,
    birth_year=st.none() | st.integers(1900, 2026),
    sex=st.sampled_from([None, "female", "male"]),
    phones=st.frozensets(st.sampled_from(["07700 900123", "07700 900456", "x"]), max_size=2),
    addresses=st.frozensets(addresses, max_size=2),
)
FIELDS = tuple(Facts.__dataclass_fields__)
EMPTY = Facts()
REASONS = {
    "given": {"given", "names"},
    "family": {"family", "names"},
    "dob": {"dob"},
    "sex": {"sex"},
    "phones": {"phone"},
    "addresses": {"address"},
}


@given(facts, facts)
def test_weighing_is_the_same_from_both_sides(one, other):
    there, back = weigh(one, other), weigh(other, one)
    assert there.weight == pytest.approx(back.weight)
    assert there.verdict == back.verdict
    assert {(r.field, r.level) for r in there.reasons} == {(r.field, r.level) for r in back.reasons}
    assert 0 <= there.probability <= 1


@given(facts, facts, st.sampled_from(FIELDS))
def test_nothing_is_more_like_a_record_than_the_record_itself(record, other, field):
    altered = replace(record, **{field: getattr(other, field)})
    assert weigh(record, record).weight >= weigh(record, altered).weight - 1e-9


@given(facts, facts, st.sampled_from(sorted(REASONS)))
def test_what_is_not_known_never_counts(one, other, field):
    emptied = replace(other, **{field: getattr(EMPTY, field)})
    assert not REASONS[field] & {reason.field for reason in weigh(one, emptied).reasons}


@given(facts)
def test_a_record_without_anything_is_like_nobody(record):
    assert weigh(record, EMPTY).weight == 0


@given(st.text(max_size=400), st.text(max_size=400), st.lists(st.text(max_size=50), max_size=20))
def test_the_keys_of_a_person_are_few_whatever_the_name(first, last, others):
    found = keys.of_name(first, last, others)
    assert len(found) <= keys.MOST_KEYS
    assert all(0 < len(key.value) <= 100 for key in found)


@given(
    st.text(max_size=400) | st.text(string.digits + string.ascii_letters + " ./-+,()", max_size=80)
)
def test_anything_may_be_typed(text):
    query = search.parse(text, today=TODAY)
    assert len(query.keys()) <= MOST_KEYS_SOUGHT
    weigh(query.facts(), Facts(given="John", family="Smith"))


@given(days)
def test_a_date_of_birth_is_read_as_it_is_written(born):
    for written in (f"{born:%d/%m/%Y}", f"{born:%Y-%m-%d}", f"{born:%d %B %Y}", f"{born:%d.%m.%Y}"):
        assert search.parse(f"smith {written}", today=TODAY).dob == born


@given(days, days)
def test_every_slip_in_a_date_is_looked_up(born, other):
    if dates.one_slip(born, other) or dates.swapped(born) == other:
        assert other in dates.near(born) | {dates.swapped(born)}


@given(letters, letters)
def test_swapped_names_share_every_key(one, other):
    assert keys.of_name(one, other) == keys.of_name(other, one)


def slip(word: str, chance: random.Random) -> str:
    """One letter left out, put in, put wrong, or exchanged with the next."""
    place, letter = chance.randrange(len(word)), chance.choice(string.ascii_lowercase)
    return chance.choice(
        (
            word[:place] + word[place + 1 :],
            word[:place] + letter + word[place:],
            word[:place] + letter + word[place + 1 :],
            word[:place] + word[place + 1 : place + 2] + word[place] + word[place + 2 :],
        )
    )


def slip_in_date(born: date, chance: random.Random) -> date:
    """A digit or a day wrong, or day and month exchanged."""
    return chance.choice(sorted(dates.near(born) | {dates.swapped(born) or born}))


class People:
    """Made-up people, kept by their keys as the database keeps them."""

    def __init__(self):
        fake = Faker("en_GB")
        fake.seed_instance(1986)
        first = date(1940, 1, 1)
        self.all = [
            (fake.first_name(), fake.last_name(), first + timedelta(fake.random_int(0, 25_000)))
            for _ in range(POPULATION)
        ]
        self.by_key = defaultdict(list)
        for number, (first_name, last_name, born) in enumerate(self.all):
            for key in keys.of_name(first_name, last_name) | keys.of_dob(born):
                self.by_key[key].append(number)

    def rank(self, number: int, text: str) -> float:
        """How many candidates count for as much as this person, or more.

        The sounds of single names are left out: they bring everybody called David.
        """
        counts = Counter()
        wanted = search.parse(text, today=TODAY).keys()
        for kind, value, weight in wanted:
            if kind != "token":
                for other in self.by_key.get(Key(kind, value), ()):
                    counts[other] += weight
        own = counts.get(number, 0)
        return sum(count >= own for count in counts.values()) if own else inf


@pytest.fixture(scope="module")
def people() -> People:
    return People()


SLIPS = {
    "name": ("{given} {family}", True, False, CANDIDATES, 0.97),
    "name, and the date of birth is known": ("{given} {family} {born}", True, False, 10, 0.995),
    "date of birth": ("{given} {family} {born}", False, True, 10, 0.995),
    "name and another in the date of birth": ("{given} {family} {born}", True, True, 50, 0.995),
    "name, and the names are swapped": ("{family} {given}", True, False, CANDIDATES, 0.97),
}


@pytest.mark.xdist_group("slips")  # The people are made once, not by each worker.
@pytest.mark.parametrize(("typed", "name", "born", "among", "promised"), SLIPS.values(), ids=SLIPS)
def test_a_slip_is_forgiven(people, typed, name, born, among, promised):
    chance, found = random.Random(1986), 0
    for number in chance.sample(range(POPULATION), SOUGHT):
        meant = people.all[number]
        written = list(meant)
        if name:
            place = chance.randrange(2)
            written[place] = slip(meant[place], chance)
        if born:
            written[2] = slip_in_date(meant[2], chance)
        text = typed.format(given=written[0], family=written[1], born=f"{written[2]:%d/%m/%Y}")
        found += people.rank(number, text) <= among
    share = found / SOUGHT
    assert share >= promised, f"{share:.1%} of {SOUGHT} found among the first {among}"
