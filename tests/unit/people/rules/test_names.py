import pytest

from onestory.people.rules import names
from onestory.people.rules.wordlists import FORMS


@pytest.mark.parametrize(
    ("text", "words", "whole"),
    [
        ("Smith", ("smith",), "smith"),
        ("  SMITH ", ("smith",), "smith"),
        ("O'Neill", ("oneill",), "oneill"),
        ("O\N{RIGHT SINGLE QUOTATION MARK}Neill", ("oneill",), "oneill"),
        ("O Neill", ("neill",), "oneill"),
        ("Smith-Jones", ("smith", "jones"), "smithjones"),
        ("van der Berg", ("berg",), "vanderberg"),
        ("St. John", ("john",), "stjohn"),
        ("al-Hassan", ("hassan",), "alhassan"),
        ("Al", ("al",), "al"),
        ("Mrs Smith", ("smith",), "smith"),
        ("Prof. Dr. Müller", ("muller",), "muller"),
        ("Lord", ("lord",), "lord"),
        ("Núñez", ("nunez",), "nunez"),
        ("Łukasz Øster", ("lukasz", "oster"), "lukaszoster"),
        ("Straße", ("strasse",), "strasse"),
        ("J", ("j",), "j"),
        ("李 小龍", ("李", "小龍"), "李小龍"),
        ("\N{RIGHT-TO-LEFT MARK}محمد", ("محمد",), "محمد"),
        ("Ann🙂", ("ann",), "ann"),
        ("🙂", (), ""),
        ("", (), ""),
        (None, (), ""),
    ],
)
def test_a_name_is_taken_apart(text, words, whole):
    assert names.split(text) == (words, whole)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("smith", "smyth"),
        ("catherine", "kathryn"),
        ("stephen", "steven"),
        ("philip", "phillip"),
        ("muhammad", "mohamed"),
        ("leigh", "lea"),
        ("christine", "kristen"),
    ],
)
def test_spellings_that_sound_the_same(one, other):
    assert names.sound(one) == names.sound(other)


def test_names_that_do_not():
    assert names.sound("smith") != names.sound("jones")


def test_another_script_stands_for_itself():
    assert names.sound("محمد") == "محمد"


def test_every_word_has_a_sound():
    assert names.sound("h") and names.sound("wh") and names.sound("y")


def test_forms_of_a_name():
    assert names.forms("liz") == names.forms("elizabeth") == ("elizabeth",)
    assert set(names.forms("alex")) == {"alexander", "aleksandra"}
    assert names.forms("featherstonehaugh") == ()


def test_the_table_of_forms_is_sound():
    assert all(name == names.fold(name) and names.WORD.fullmatch(name) for name in FORMS)
    assert max(map(len, FORMS.values())) <= 3
    assert all(len(set(forms)) == len(forms) for forms in FORMS.values())


def test_a_very_long_name_is_cut():
    name = names.split("Wolfeschlegelsteinhausenbergerdorff" * 1000 + " b" * 1000)
    assert len(name.words) <= names.MOST_WORDS
    assert all(len(word) <= names.LONGEST_WORD for word in (*name.words, name.whole))
