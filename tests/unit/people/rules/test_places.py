import pytest

from onestory.people.rules.places import Address, agree, read, read_postcode


@pytest.mark.parametrize(
    ("text", "postcode"),
    [
        ("RM17 6SL", "RM176SL"),
        ("rm176sl", "RM176SL"),
        ("12 High Street, Grays RM17 6SL", "RM176SL"),
        ("W1A 1AA", "W1A1AA"),
        ("RM17", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_a_postcode_is_found(text, postcode):
    assert read_postcode(text) == postcode


SAME = [
    "14 St Mary's Road, Grays",
    "14 St. Marys Rd",
    "14, Saint Mary's Road",
    "14 st marys rd grays essex",
    "Flat 2, 14 St Mary's Road",
    "14 St Mary's Road, Flat 2",
]


@pytest.mark.parametrize("line", SAME)
@pytest.mark.parametrize("other", SAME)
def test_one_house_written_by_many_hands(line, other):
    assert agree(read(Address(line)), read(Address(other))) == "same"


@pytest.mark.parametrize(
    ("one", "other", "agreement"),
    [
        (("14 High Street", "RM17 6SL"), ("14", "rm176sl"), "same"),
        (("14 High Street", "RM17 6SL"), ("14 High St", "RM17 6LS"), "same"),
        (("14 High Street", "RM17 6SL"), ("14 High Street", "SS1 1AA"), "different"),
        (("14 High Street", "RM17 6SL"), ("16 High Street", "RM17 6SL"), "postcode"),
        (("14 High Street", "RM17 6SL"), ("", "RM17 6SL"), "postcode"),
        (("Flat 2, 14 High Street", None), ("Flat 3, 14 High Street", None), "different"),
        (("14 High Street", None), ("14 Mill Lane", None), "different"),
        (("14 High Street", None), ("14a High Street", None), "different"),
        (("Rose Cottage, Mill Lane", None), ("rose cottage, mill ln.", None), "same"),
        (("14", None), ("14", None), ""),
        (("", None), ("14 High Street", None), ""),
        (("14 High Street", "RM17 6SL"), ("14 Mill Lane", None), "different"),
    ],
)
def test_how_two_addresses_agree(one, other, agreement):
    one, other = read(Address(*one)), read(Address(*other))
    assert agree(one, other) == agree(other, one) == agreement
