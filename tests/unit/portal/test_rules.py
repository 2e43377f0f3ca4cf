"""Who may have own pages, and which words and numbers are good."""

from datetime import date

import pytest

from onestory.portal import codes, rules
from onestory.portal.rules import MayHave

TODAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("born_on", "birth_year", "may"),
    [
        (date(2013, 3, 5), None, MayHave.NO),
        (date(2013, 3, 4), None, MayHave.JUDGE),
        (date(2010, 3, 5), None, MayHave.JUDGE),
        (date(2010, 3, 4), None, MayHave.YES),
        (date(2008, 2, 29), None, MayHave.YES),
        # Only the year: she may be as young as that allows.
        (None, 2013, MayHave.NO),
        (None, 2012, MayHave.JUDGE),
        (None, 2009, MayHave.YES),
        (None, None, MayHave.JUDGE),
    ],
)
def test_from_which_age(born_on, birth_year, may):
    assert rules.may_have(born_on, birth_year, TODAY) == may


@pytest.mark.parametrize(
    "word", ["", "abc", "!!!!", "Sara", "sara hollis", "14061988", "14 June", "1988"]
)
def test_words_that_somebody_at_home_would_try(word):
    assert rules.why_not_word(word, ["Sara", "Hollis", "Sara Hollis"], date(1988, 6, 14))


@pytest.mark.parametrize("word", ["blue kettle", "Ünïcödé", "雨の日曜日", "кот кот", "شجرة التين"])
def test_words_that_are_good(word):
    assert not rules.why_not_word(word, ["Sara", "Hollis"], date(1988, 6, 14))


def test_a_word_is_the_same_however_it_is_typed():
    assert rules.plain_word(" Blue-KETTLE! ") == rules.plain_word("blue kettle")


@pytest.mark.parametrize("number", ["", "12345", "1234567", "12a456", "000000", "123456", "987654"])
def test_numbers_that_are_no_good(number):
    assert rules.why_not_number(number, None)


@pytest.mark.parametrize("number", ["140688", "061488", "880614", "140619"])
def test_a_birthday_is_no_number(number):
    assert rules.why_not_number(number, date(1988, 6, 14))
    assert not rules.why_not_number(number, None)


def test_codes_are_all_different_and_can_be_read_out():
    made = {codes.new_code() for _ in range(1000)}
    assert len(made) == 1000
    assert all(codes.read_code(f" {code.lower().replace('-', ' ')} ") == code for code in made)


def test_what_is_no_code_is_none():
    assert codes.read_code("🙂" * 20_000) == codes.read_code("") == ""


def test_marks_tell_nothing_and_are_not_confused():
    code = "K7QF-2M9X"
    marks = {
        codes.mark_of_code(code),
        codes.mark_of_invitation(code),
        codes.mark_of_word(code, "blue kettle"),
        codes.mark_of_word("K7QF-2M9Y", "blue kettle"),
    }
    assert len(marks) == 4
    assert not any(code in mark for mark in marks)
