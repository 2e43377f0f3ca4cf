from datetime import date

import pytest

from onestory.people.rules import keys
from onestory.people.rules.keys import Key


def shared(one: set[Key], other: set[Key]) -> set[str]:
    return {key.kind for key in one & other}


@pytest.mark.parametrize(
    ("stored", "sought"),
    [
        (("John", "Smith"), "jon smyth"),
        (("John", "Smith"), "smith john"),
        (("Elizabeth", "Jones"), "liz jones"),
        (("Liz", "Jones"), "beth jones"),
        (("Siobhan", "O'Neill"), "siobhan o neill"),
        (("Siobhan", "O Neill"), "siobhan oneill"),
        (("Siobhan", "O Neill"), "siobhan neil"),
        (("Mary Ann", "Smith-Jones"), "maryann smith"),
        (("Mary Ann", "Smith-Jones"), "mary smithjones"),
        (("Mary", "Smithjones"), "mary smith jones"),
        (("Anna", "van der Berg"), "anna berg"),
        (("Muhammad", "Khan"), "mohd khan"),
        (("محمد", "علي"), "علي محمد"),
        (("李", "小龍"), "李 小龍"),
    ],
)
def test_names_that_share_a_pair(stored, sought):
    assert "pair" in shared(keys.of_name(*stored), keys.of_words(sought.replace("'", "").split()))


def test_a_former_name_is_found_too():
    stored = keys.of_name("Mary", "Smith", ["Jones"])
    assert "pair" in shared(stored, keys.of_words(["mary", "jones"]))


@pytest.mark.parametrize(
    "sought", ["davd smith", "david smtih", "vavid smith", "david snith", "d smith"]
)
def test_a_slip_in_one_name_leaves_a_near_key(sought):
    assert "near" in shared(keys.of_name("David", "Smith"), keys.of_words(sought.split()))


def test_strangers_share_nothing():
    assert not keys.of_name("David", "Smith") & keys.of_words(["mary", "jones"])


def test_nothing_has_no_keys():
    assert keys.of_name("", None) == keys.of_name("🙂", "...", ["1"]) == keys.of_words([]) == set()
    assert keys.of_dob(None) == keys.of_phone("none") == keys.of_address("") == set()
    assert keys.of_reference("-") == set()


def test_a_crowd_of_short_names_is_cut():
    crowd = keys.of_name("Alex Chris Sam Jo", "Pat Nick Terry Jan", ["Al Ted Hal Mo", "Kay Lou"])
    assert len(crowd) == keys.MOST_KEYS
    assert "pair" in shared(crowd, keys.of_words(["alex", "pat"]))


def test_an_ordinary_person_has_few_keys():
    assert len(keys.of_name("David", "Smith")) <= 11


def test_what_is_not_a_name():
    assert keys.of_dob(date(1986, 4, 3)) == {Key("dob", "1986-04-03")}
    assert keys.of_phone("+44 7700 900123") == {Key("phone", "7700900123")}
    assert keys.of_reference("hs/12") == {Key("reference", "HS12")}
    assert keys.of_address("Flat 2, 14 High St", "rm17 6sl") == {
        Key("postcode", "RM176SL"),
        Key("house", "14|RM176SL"),
        Key("house", "14|~H"),
    }


def test_a_date_of_birth_is_looked_up_with_its_slips():
    wanted = {key.value: key.weight for key in keys.wanted_dob(date(1986, 4, 3))}
    assert wanted["1986-04-03"] > wanted["1986-03-04"] > wanted["1996-04-03"] > 0


def test_every_kind_has_a_weight():
    kinds = {"pair", "near", "token", "dob", "phone", "house", "postcode", "reference"}
    assert kinds <= set(keys.WEIGHTS)
