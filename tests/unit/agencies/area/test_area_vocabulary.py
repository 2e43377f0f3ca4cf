"""Loosely written words find their code, and old codes stay readable."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestory.agencies.area import Term, Vocabulary
from onestory.agencies.area.vocabulary import plain

AREAS = Vocabulary(
    [
        Term(code="south-ockendon", name="South Ockendon/Aveley", variants=("S Ockendon/Aveley",)),
        Term(code="stanford", name="Stanford-le-Hope", variants=("Stanford's end",)),
        Term(code="old-place", name="Old Place", ended=date(2020, 3, 31)),
    ]
)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("south-ockendon", "south-ockendon"),
        ("SOUTH OCKENDON/AVELEY", "south-ockendon"),
        ("  South  Ockendon / Aveley ", "south-ockendon"),
        ("s ockendon/ aveley", "south-ockendon"),
        ("Stanford - le - Hope", "stanford"),
        ("Stanford–le–Hope", "stanford"),
        ("Stanford\N{NO-BREAK SPACE}-le-Hope", "stanford"),
        ("Stanford\N{RIGHT SINGLE QUOTATION MARK}s end", "stanford"),
        ("Old place", "old-place"),
    ],
)
def test_case_blanks_and_dashes_do_not_matter(written, code):
    assert AREAS.find(written).code == code


@pytest.mark.parametrize("written", ["", " ", "South", "Ockendon Aveley", "South Ockendon/Avely"])
def test_nothing_is_guessed(written):
    assert AREAS.find(written) is None


def test_ended_terms_are_understood_but_no_longer_offered():
    assert AREAS.find("Old Place").ended == date(2020, 3, 31)
    assert "old-place" not in dict(AREAS.choices())
    assert "old-place" in dict(AREAS.choices(on=date(2020, 3, 30)))
    assert "old-place" not in dict(AREAS.choices(on=date(2020, 3, 31)))


def test_an_unknown_code_shows_itself():
    assert AREAS.name("stanford") == "Stanford-le-Hope"
    assert AREAS.name("long-gone") == "long-gone"
    assert AREAS.get("long-gone") is None


def test_terms_come_in_the_order_of_the_file():
    assert [term.code for term in AREAS] == ["south-ockendon", "stanford", "old-place"]
    assert len(AREAS) == 3
    assert "stanford" in AREAS
    assert "Stanford" not in AREAS
    assert AREAS["stanford"].name == "Stanford-le-Hope"


@given(st.text())
def test_comparing_twice_is_comparing_once(text):
    assert plain(plain(text)) == plain(text)


@given(st.sampled_from(list(AREAS)), st.sampled_from(["", " ", "\t", "\n", "  "]))
def test_blanks_around_a_name_never_hide_it(term, blank):
    assert AREAS.find(blank + term.name.upper() + blank) is term
