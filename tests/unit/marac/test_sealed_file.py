"""The one file in which a case goes to another MARAC: it opens as it was sealed, or says why not."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onestory.kernel.errors import Refused
from onestory.marac.rules.transfer import (
    DAMAGED,
    LARGEST,
    MANY,
    NOT_OURS,
    OTHER_VERSION,
    TOO_LARGE,
    TOO_MUCH,
    VERSION,
    WRONG_PHRASE,
    Said,
    Transfer,
    new_phrase,
    read_phrase,
    same_receipt,
    seal,
    unseal,
)

PHRASE = "0123-4567-89AB-CDEF"
LINES = st.text(
    st.characters(exclude_characters="\x00\r\n", exclude_categories=["Cs"]), max_size=40
)
WORDS = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=200)
DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))
SAID = st.lists(st.builds(Said, on=DAYS, words=WORDS), max_size=3).map(tuple)


def letter(**changes) -> Transfer:
    values = {
        "sender": "Here",
        "sent_on": date(2026, 11, 22),
        "number": "K7QF-2M9X",
        "survivor": {"given_name": "Rosa", "family_name": "Lindqvist"},
        "referred_on": date(2026, 11, 1),
        "agrees": "yes",
        "words": "He has her telephone.",
        "handover": "She moves on Monday.",
    }
    return Transfer.model_validate(values | changes)


LETTERS = st.builds(
    letter,
    sender=LINES,
    words=WORDS,
    handover=WORDS,
    contact=WORDS,
    risk=SAID,
    wishes=SAID,
    children=st.none() | st.integers(0, 999),
    survivor=st.fixed_dictionaries(
        {"given_name": LINES, "other_names": WORDS, "born_on": st.none() | DAYS}
    ),
    abuser=st.none() | st.fixed_dictionaries({"family_name": LINES}),
)


@settings(max_examples=15)
@given(LETTERS)
def test_what_is_sealed_is_what_is_opened(there):
    made = seal(there, PHRASE)
    opened = unseal(made.text.encode(), PHRASE)
    assert opened.transfer == there
    assert (opened.digest, opened.receipt) == (made.digest, made.receipt)


SEALED = seal(letter(), PHRASE)


@settings(max_examples=60)
@given(st.data())
def test_a_file_with_one_letter_changed_never_opens_as_something_else(data):
    text = SEALED.text
    at = data.draw(st.integers(0, len(text) - 1))
    put = data.draw(st.characters(min_codepoint=32, max_codepoint=126))
    try:
        opened = unseal((text[:at] + put + text[at + 1 :]).encode(), PHRASE)
    except Refused as refused:
        assert refused.reason in (DAMAGED, NOT_OURS, OTHER_VERSION, WRONG_PHRASE)
    else:
        assert opened.transfer == letter()


@settings(max_examples=30)
@given(st.binary(max_size=300))
def test_whatever_is_sent_is_answered_in_words(content):
    with pytest.raises(Refused) as refused:
        unseal(content, PHRASE)
    assert refused.value.reason == NOT_OURS


def changed(**parts) -> bytes:
    return json.dumps(json.loads(SEALED.text) | parts).encode()


WRONG = {
    "cut off": (SEALED.text[:-30].encode(), DAMAGED),
    "sealed part changed": (changed(sealed="gAAAA"), DAMAGED),
    "sealed part no text": (changed(sealed=["a"]), DAMAGED),
    "another version": (changed(version=VERSION + 1), OTHER_VERSION),
    "something else": (b'{"file": "another", "version": 1}', NOT_OURS),
    "a list": (b"[1]", NOT_OURS),
    "too large": (b" " * (LARGEST + 1), TOO_LARGE),
    "nested": (b"[" * 200_000, NOT_OURS),
}


@pytest.mark.parametrize(("content", "said"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said(content, said):
    with pytest.raises(Refused) as refused:
        unseal(content, PHRASE)
    assert refused.value.reason == said


@pytest.mark.parametrize("phrase", ["", "0123-4567-89AB-CDEG", "a word", "0123"])
def test_a_wrong_phrase_opens_nothing(phrase):
    with pytest.raises(Refused) as refused:
        unseal(SEALED.text.encode(), phrase)
    assert refused.value.reason == WRONG_PHRASE


def test_a_phrase_is_read_as_it_is_told():
    phrase = new_phrase()
    assert read_phrase(phrase) == phrase != new_phrase()
    assert unseal(SEALED.text.encode(), " ol23 4567 89ab cdef ").transfer == letter()


def test_nothing_in_the_file_can_be_read_without_the_phrase():
    for words in ("Rosa", "Lindqvist", "telephone", "Here", "2026", PHRASE, SEALED.receipt):
        assert words not in SEALED.text


def test_the_receipt_takes_the_file_and_the_phrase():
    other = seal(letter(), PHRASE)
    assert other.receipt != SEALED.receipt
    assert same_receipt(SEALED.receipt.lower().replace("-", " "), SEALED.receipt)
    assert not same_receipt(other.receipt, SEALED.receipt)
    assert not same_receipt("", SEALED.receipt)


def test_more_than_is_opened_is_not_sealed():
    much = tuple(Said(on=date(2026, 1, 1), words="x" * 20_000) for _ in range(MANY))
    with pytest.raises(Refused) as refused:
        seal(letter(risk=much), PHRASE)
    assert refused.value.reason == TOO_MUCH
