from datetime import date

import pytest

from onestory.people.rules.compare import Facts, weigh
from onestory.people.rules.places import Address
from onestory.people.rules.weights import KEYS, LEVELS, LIKELY, POSSIBLE, VERSION


def level(field: str, a: Facts, b: Facts) -> str | None:
    return next((reason.level for reason in weigh(a, b).reasons if reason.field == field), None)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Anna", "ANNA", "exact"),
        ("Mary-Ann", "Mary Ann", "exact"),
        ("Mary", "Mary Ann", "part"),
        ("Liz", "Elizabeth", "nickname"),
        ("Liz", "Beth", "nickname"),
        ("Jonathon", "Jonathan", "alike"),
        ("Wichard", "Richard", "alike"),
        ("Kristen", "Christine", "sounds"),
        ("A", "Anna", "initial"),
        ("B", "Anna", "different"),
        ("Mark", "Mary", "different"),
        ("", "Anna", None),
        ("🙂", "Anna", None),
    ],
)
def test_given_names(one, other, expected):
    assert level("given", Facts(given=one), Facts(given=other)) == expected
    assert level("given", Facts(given=other), Facts(given=one)) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Featherstone", "featherstone", "exact"),
        ("Smith", "Smith", "common"),
        ("Smith", "Smith-Jones", "part"),
        ("O'Neill", "O Neill", "exact"),
        ("Richardson", "Richardsen", "alike"),
        ("Smyth", "Smith", "sounds"),
        ("Smith", "Jones", "different"),
    ],
)
def test_family_names(one, other, expected):
    assert level("family", Facts(family=one), Facts(family=other)) == expected


def test_a_former_name_counts():
    before = Facts(given="Mary", family="Jones")
    after = Facts(given="Mary", family="Featherstone", other_names=frozenset({"Jones"}))
    assert level("family", before, after) == level("family", after, before) == "other"


def test_a_name_alone_may_be_the_given_one():
    assert level("family", Facts(family="Mary"), Facts(given="Mary", family="Jones")) == "other"


def test_swapped_names_are_one_reason():
    match = weigh(Facts(given="Ali", family="Hassan"), Facts(given="Hasan", family="Ali"))
    assert [reason.field for reason in match.reasons] == ["names"]
    assert match.reasons[0].words == "Given and family names swapped (Ali Hassan, Hasan Ali)"


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (date(1986, 4, 3), "exact"),
        (date(1986, 3, 4), "swapped"),
        (date(1996, 4, 3), "slip"),
        (date(1968, 4, 3), "slip"),
        (date(1986, 4, 27), "month"),
        (date(1961, 4, 3), "birthday"),
        (date(1986, 11, 20), "year"),
        (date(1985, 11, 20), "close"),
        (date(1950, 11, 20), "different"),
    ],
)
def test_dates_of_birth(other, expected):
    assert level("dob", Facts(dob=date(1986, 4, 3)), Facts(dob=other)) == expected


@pytest.mark.parametrize(
    ("year", "expected"), [(1986, "same"), (1987, "close"), (1990, "different"), (None, None)]
)
def test_years_of_birth(year, expected):
    assert level("birth_year", Facts(dob=date(1986, 4, 3)), Facts(birth_year=year)) == expected


HOME = frozenset({Address("12 High Street", "RM17 6SL")})
PHONE = frozenset({"07700 900123"})


def test_telephone_and_address_count_once():
    there = {"phones": PHONE, "addresses": HOME}
    both = weigh(Facts(**there), Facts(**there))
    assert both.weight == weigh(Facts(phones=PHONE), Facts(phones=PHONE)).weight
    assert {reason.field for reason in both.reasons} == {"phone", "address"}


def test_people_who_live_together_are_not_one():
    one = Facts(given="Mary", family="Featherstone", phones=PHONE, addresses=HOME)
    other = Facts(given="Derek", family="Featherstone", phones=PHONE, addresses=HOME)
    match = weigh(one, other)
    assert match.verdict == "no"
    assert {reason.field for reason in match.reasons} == {"given", "family"}


def test_the_weight_is_the_sum_of_its_reasons():
    one = Facts("Jon", "Smyth", dob=date(1986, 4, 3), sex="male", phones=PHONE)
    match = weigh(one, Facts("John", "Smith", dob=date(1986, 3, 4), sex="male", phones=PHONE))
    assert match.weight == pytest.approx(sum(reason.weight for reason in match.reasons))
    assert list(match.reasons) == sorted(match.reasons, key=lambda reason: -reason.weight)
    assert [reason.words for reason in match.reasons] == [
        "Same telephone number",
        "Same date of birth with day and month swapped",
        "Given names are forms of one name (Jon, John)",
        "Family names sound alike (Smyth, Smith)",
        "Same sex",
    ]


def test_a_name_cannot_disturb_the_words():
    match = weigh(Facts(given="{0.__class__}"), Facts(given="Anna"))
    assert match.reasons[0].words == "Different given names ({0.__class__}, Anna)"


def test_probability_follows_weight():
    nothing = weigh(Facts(), Facts())
    assert (nothing.weight, nothing.reasons) == (0, ())
    assert nothing.probability == pytest.approx(1e-6)
    assert weigh(Facts(dob=date(1986, 4, 3)), Facts(dob=date(1986, 4, 3))).probability > 0.01


def test_the_weights_are_in_order():
    assert VERSION >= 1
    assert LIKELY > POSSIBLE > 0
    for field, levels in LEVELS.items():
        weights = [level.weight for level in levels.values()]
        assert weights[-1] == min(weights) < 0 < max(weights), field
    assert all(weight > 0 for weight in KEYS.values())
