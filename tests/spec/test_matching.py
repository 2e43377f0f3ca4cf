"""Pairs of records as people meet them, and what the system says of each.

likely     put before the worker as the same person, with the reasons
possible   shown below, to be looked at
no         not put forward

Whatever it says, only a person joins two records.
"""

from datetime import date

import pytest

from onestory.people.rules.compare import Facts, weigh
from onestory.people.rules.places import Address

THIRD_OF_APRIL, FOURTH_OF_MARCH = date(1986, 4, 3), date(1986, 3, 4)
HIGH_STREET = frozenset({Address("12 High Street, Grays", "RM17 6SL")})
MILL_LANE = frozenset({Address("7 Mill Lane, Tilbury", "RM18 7AB")})
MOBILE = frozenset({"07700 900123"})


def person(
    given: str, family: str, dob: date | None = None, sex: str | None = None, **more
) -> Facts:
    return Facts(given, family, dob=dob, sex=sex, **more)


PAIRS = {
    # The same person, written by two hands.
    "identical, with a common name": (
        person("John", "Smith", THIRD_OF_APRIL),
        person("John", "Smith", THIRD_OF_APRIL),
        "likely",
    ),
    "spelt by ear, day and month swapped, same telephone": (
        person("Jon", "Smyth", THIRD_OF_APRIL, phones=MOBILE),
        person("John", "Smith", FOURTH_OF_MARCH, phones=frozenset({"+44 7700 900123"})),
        "likely",
    ),
    "spelt by ear, day and month swapped, nothing else": (
        person("Jon", "Smyth", THIRD_OF_APRIL),
        person("John", "Smith", FOURTH_OF_MARCH),
        "possible",
    ),
    "called by a short name": (
        person("Liz", "Featherstone", THIRD_OF_APRIL),
        person("Elizabeth", "Featherstone", THIRD_OF_APRIL),
        "likely",
    ),
    "given and family name swapped": (
        person("Hassan", "Ali", THIRD_OF_APRIL),
        person("Ali", "Hasan", THIRD_OF_APRIL),
        "likely",
    ),
    "married since, and both names known": (
        person("Mary", "Okafor", THIRD_OF_APRIL, other_names=frozenset({"Featherstone"})),
        person("Mary", "Featherstone", THIRD_OF_APRIL),
        "likely",
    ),
    "married since, and nobody wrote it down": (
        person("Mary", "Okafor", THIRD_OF_APRIL, "female"),
        person("Mary", "Featherstone", THIRD_OF_APRIL, "female"),
        "possible",
    ),
    "fled to another address with another telephone": (
        person(
            "Siobhan", "O'Neill", THIRD_OF_APRIL, "female", addresses=HIGH_STREET, phones=MOBILE
        ),
        person("Siobhan", "O Neill", THIRD_OF_APRIL, "female", addresses=MILL_LANE),
        "likely",
    ),
    "no date of birth, but the same address": (
        person("Ann", "Featherstone", addresses=HIGH_STREET),
        person("Anne", "Featherstone", addresses=frozenset({Address("12 High St", "rm176sl")})),
        "likely",
    ),
    "one digit of the date wrong, same address": (
        person("Mary", "Smith", date(1986, 4, 3), addresses=HIGH_STREET),
        person("Mary", "Smith", date(1996, 4, 3), addresses=HIGH_STREET),
        "likely",
    ),
    "an accent and a hyphen": (
        person("Zoë", "Núñez-Smith", THIRD_OF_APRIL),
        person("Zoe", "Nunez Smith", THIRD_OF_APRIL),
        "likely",
    ),
    "written in Arabic by both": (
        person("محمد", "علي", THIRD_OF_APRIL),
        person("محمد", "علي", THIRD_OF_APRIL),
        "likely",
    ),
    # Too little to say.
    "only the name, a rare one": (
        person("Cuthbert", "Featherstone"),
        person("Cuthbert", "Featherstone"),
        "possible",
    ),
    "only the name, a common one": (person("John", "Smith"), person("John", "Smith"), "possible"),
    "only the name, spelt by ear": (person("Jon", "Smyth"), person("John", "Smith"), "possible"),
    "the name and about the age": (
        person("John", "Smith", THIRD_OF_APRIL),
        person("John", "Smith", birth_year=1985),
        "possible",
    ),
    "an initial and a date of birth": (
        person("J", "Smith", THIRD_OF_APRIL),
        person("John", "Smith", THIRD_OF_APRIL),
        "likely",
    ),
    "twins": (
        person("Grace", "Okafor", THIRD_OF_APRIL, "female", addresses=HIGH_STREET),
        person("Peter", "Okafor", THIRD_OF_APRIL, "male", addresses=HIGH_STREET),
        "possible",
    ),
    "father and son of one name in one house": (
        person("John", "Smith", date(1955, 9, 21), "male", addresses=HIGH_STREET, phones=MOBILE),
        person("John", "Smith", date(1986, 4, 3), "male", addresses=HIGH_STREET, phones=MOBILE),
        "possible",
    ),
    # Not the same.
    "a couple in one house": (
        person(
            "Mary", "Featherstone", THIRD_OF_APRIL, "female", addresses=HIGH_STREET, phones=MOBILE
        ),
        person("Derek", "Featherstone", date(1979, 12, 25), "male", addresses=HIGH_STREET),
        "no",
    ),
    "a couple in one house, and no dates": (
        person("Mary", "Featherstone", addresses=HIGH_STREET, phones=MOBILE),
        person("Derek", "Featherstone", addresses=HIGH_STREET, phones=MOBILE),
        "no",
    ),
    "a common name and quite another age": (
        person("John", "Smith", date(1955, 9, 21)),
        person("John", "Smith", date(1986, 4, 3)),
        "no",
    ),
    "strangers born on one day": (
        person("Mary", "Featherstone", THIRD_OF_APRIL),
        person("Derek", "Okafor", THIRD_OF_APRIL),
        "no",
    ),
    "only the given name": (person("John", "Smith"), person("John", "Okafor"), "no"),
    "only the postcode": (
        person("John", "Smith", addresses=HIGH_STREET),
        person("Grace", "Okafor", addresses=HIGH_STREET),
        "no",
    ),
    "nothing known": (person("", ""), person("John", "Smith", THIRD_OF_APRIL), "no"),
}


@pytest.mark.parametrize(("one", "other", "verdict"), PAIRS.values(), ids=PAIRS)
def test_verdict(one, other, verdict):
    match = weigh(one, other)
    said = "; ".join(f"{reason.words} {reason.weight:+.1f}" for reason in match.reasons)
    assert match.verdict == verdict, f"{match.weight:.1f} bits: {said}"
    assert weigh(other, one).verdict == verdict
