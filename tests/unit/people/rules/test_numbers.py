import pytest

from onestory.people.rules.numbers import end_of_phone, is_nhs_number, read_phone, read_reference


@pytest.mark.parametrize(
    "text",
    [
        "07700 900123",
        "07700900123",
        "+44 7700 900123",
        "+44 (0)7700 900 123",
        "0044 7700 900123",
        "44 7700 900123",
        "7700 900123",
        "(07700) 900-123",
        "07700 900123 ext 12",
        "07700.900.123",
    ],
)
def test_one_telephone_number_in_many_spellings(text):
    assert read_phone(text) == "7700900123"


def test_numbers_that_begin_like_the_country_keep_their_beginning():
    assert read_phone("01344 960123") == "1344960123"
    assert read_phone("4496 0123") == "44960123"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("07700 900123 14", "07700 900123"),
        ("+44 7700 900123 14", "+44 7700 900123"),
        ("0044 (0)7700 900123 1", "0044 (0)7700 900123"),
        ("01204 496012 3", "01204 496012"),
        ("07700 900123", "07700 900123"),
        ("077009001231", "077009001231"),
    ],
)
def test_more_digits_than_a_number_has_are_something_else(text, number):
    assert text[: end_of_phone(text)] == number


@pytest.mark.parametrize("text", ["", "12345", "no phone", "1" * 40, "🙂"])
def test_what_is_no_telephone_number(text):
    assert read_phone(text) == ""


def test_a_reference_keeps_its_letters_and_digits():
    assert read_reference(" hs/2016-0123 ") == "HS20160123"


@pytest.mark.parametrize(
    ("digits", "valid"),
    [("9434765919", True), ("9434765918", False), ("943476591", False), ("94347659IX", False)],
)
def test_the_check_digit_of_an_nhs_number(digits, valid):
    assert is_nhs_number(digits) is valid
