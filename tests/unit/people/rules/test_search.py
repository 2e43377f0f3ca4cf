from datetime import date

import pytest

from onestory.people.rules.places import Address
from onestory.people.rules.search import Query, parse

TODAY = date(2026, 11, 20)


def read(text: str) -> dict:
    query = parse(text, today=TODAY)
    return {name: value for name, value in vars(query).items() if value and name != "words"}


JON = {"given": "jon", "family": "smyth"}
BORN = {"dob": date(1986, 4, 3)}
PHONE = {"phones": frozenset({"7700900123"})}
DOCK = {"addresses": frozenset({Address("14 Dock Road")})}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jon Smyth", JON),
        ("Mr. Jon SMYTH", JON),
        ("Smyth, Jon", JON),
        ("smyth", {"family": "smyth"}),
        ("jon smyth 03/04/1986", JON | BORN),
        ("3 April 86 jon smyth", JON | BORN),
        ("jon smyth dob 3.4.86 tel 07700 900 123", JON | BORN | PHONE),
        ("+44 (0)7700 900123", PHONE),
        ("7700 900123", PHONE),
        ("07700 900123 14 Dock Road", PHONE | DOCK),
        ("14 Dock Road 07700 900123", PHONE | DOCK),
        ("+44 (0)7700 900123 14 Dock Road", PHONE | DOCK),
        ("jon paul smyth", JON | {"other_names": frozenset({"paul"})}),
        ("anna van der berg", {"given": "anna", "family": "van der berg"}),
        ("van der Berg, Anna", {"given": "anna", "family": "van der berg"}),
        ("jon smyth 1986", JON | {"birth_year": 1986}),
        ("jon smyth b. 1986", JON | {"birth_year": 1986}),
        ("jon smyth aged 40", JON | {"birth_year": 1986}),
        ("40 yrs old jon smyth", JON | {"birth_year": 1986}),
        ("rm17 6sl", {"addresses": frozenset({Address("", "RM176SL")})}),
        ("12 RM176SL", {"addresses": frozenset({Address("12", "RM176SL")})}),
        ("12 High St", {"addresses": frozenset({Address("12 High St")})}),
        (
            "jon smyth, flat 2, 12a St Mary's Road, Grays RM17 6SL, 07700 900123, 3/4/1986",
            JON
            | BORN
            | PHONE
            | {"addresses": frozenset({Address("flat 2, 12a St Mary's Road", "RM176SL")})},
        ),
        ("943 476 5919 smyth", {"family": "smyth", "references": frozenset({"9434765919"})}),
        ("ref HS/2016-0123", {"references": frozenset({"HS20160123"})}),
        ("K7QF-2M9X", {"references": frozenset({"K7QF2M9X"})}),
        ("31/2/1986 smyth", {"family": "smyth"}),
        ("", {}),
        ("🙂 ;-) '\"%", {}),
    ],
)
def test_what_people_type(text, expected):
    assert read(text) == expected


def test_an_empty_query_is_false():
    assert not parse("...", today=TODAY)
    assert not Query()
    assert parse("smyth", today=TODAY)


def test_the_strongest_keys_come_first():
    keys = parse("jon smyth 03/04/1986 07700 900123", today=TODAY).keys()
    weights = [key.weight for key in keys]
    assert weights == sorted(weights, reverse=True)
    assert {key.kind for key in keys[:2]} == {"phone", "dob"}
    assert len(keys) == len({(key.kind, key.value) for key in keys})


def test_the_facts_of_a_query():
    facts = parse("jon paul smyth 03/04/1986", today=TODAY).facts()
    assert (facts.given, facts.family, facts.dob) == ("Jon", "Smyth", date(1986, 4, 3))
    assert facts.other_names == {"paul"}
