"""Which questions are asked, which front door is proposed, and what it is told."""

import pytest

from onestory.agencies.area import load_pack, packs_dir
from onestory.kernel.errors import Refused
from onestory.public.codes import Key, new_code, new_salt
from onestory.public.rules import steps, telling
from tests.askings import A_FRIEND, HERSELF, read

PACK = load_pack(packs_dir() / "thurrock")
MINE, THEIRS = read(HERSELF), read(A_FRIEND)


def test_the_questions_follow_from_the_answers():
    assert steps.asked(MINE) == list(HERSELF)
    assert set(steps.asked(THEIRS)) == set(A_FRIEND)
    silent = MINE | {"reach": {"reach": "none"}}
    assert not {"number", "when", "voice"} & set(steps.asked(silent))
    by_text = MINE | {"reach": {"reach": "text"}}
    assert "number" in steps.asked(by_text)
    assert "voice" not in steps.asked(by_text)


def test_there_and_back():
    order = steps.asked(MINE)
    assert [steps.previous_step(MINE, step) for step in [*order[1:], steps.CHECK]] == order
    assert steps.previous_step(MINE, "who") == ""
    assert steps.first_open({}) == "who"
    assert steps.first_open({step: MINE[step] for step in order if step != "most"}) == "most"
    assert steps.first_open(MINE) == steps.CHECK


DOORS = [
    ({"what": {"harms": ["hitting"]}}, "housing-safeguarding"),
    ({"what": {"harms": ["sexual"]}}, "sericc-first-contact"),
    ({"what": {"harms": ["money", "as-a-child"]}}, "sericc-first-contact"),
    ({"what": {"harms": ["sexual"]}, "age": {"age": "13-15"}}, "mash"),
    ({"what": {"harms": ["hitting"]}, "age": {"age": "under-13"}}, "mash"),
    ({"what": {"harms": ["hitting"]}, "age": {"age": "not-said"}}, "housing-safeguarding"),
]


@pytest.mark.parametrize(("answers", "team"), DOORS)
def test_the_door_that_is_proposed(answers, team):
    assert telling.propose_door(PACK, answers) == team


def test_what_is_told_of_herself():
    told = telling.told(PACK, MINE, "K7QF-2M9X")
    assert (told.source, told.channel, told.sharing.basis) == ("self", "form", "consent")
    assert told.abuse == ("physical", "domestic-abuse", "coercive-control")
    assert (told.safe.safe_to_call, told.safe.voicemail, told.safe.text_messages) == (
        *("yes", "no", "no"),
    )
    assert told.who.given_name == "Q"
    assert "K7QF-2M9X" in told.words
    assert told.words.endswith(MINE["words"]["words"])


@pytest.mark.parametrize(
    ("wanted", "call", "text"), [("call", "yes", "no"), ("text", "no", "yes"), ("none", "no", "no")]
)
def test_nobody_is_reached_in_a_way_that_they_did_not_choose(wanted, call, text):
    safe = telling.told(PACK, MINE | {"reach": {"reach": wanted}}, "").safe
    assert (safe.safe_to_call, safe.text_messages) == (call, text)
    assert safe.voicemail == "no"


def test_nobody_but_herself_says_that_it_is_safe_to_call():
    told = telling.told(PACK, THEIRS, "K7QF-2M9X")
    assert told.safe.safe_to_call == "unknown"
    assert told.phone == ""
    assert "Robin, 07700 900456" in told.words
    assert told.sharing.basis == "safeguarding"
    assert "do not know" in told.sharing.reason


def test_nothing_is_told_before_every_page_was_answered():
    for step in HERSELF:
        with pytest.raises(Refused):
            telling.told(PACK, {s: a for s, a in MINE.items() if s != step}, "")


def test_a_code_opens_what_was_sealed_with_it_and_nothing_else():
    code, salt = new_code(), new_salt()
    key = Key.of(code, salt)
    sealed = key.seal(MINE)
    assert "keys" not in sealed
    assert Key.of(code, salt).unseal(sealed) == MINE
    assert Key.of(code, salt).proof == key.proof
    for other in (Key.of(new_code(), salt), Key.of(code, new_salt())):
        assert other.unseal(sealed) is None
        assert other.proof != key.proof
