"""When a question is asked, as whoever writes an instrument says it."""

import pytest

from onestory.assessment.rules.conditions import NoCondition, asked, holds, in_words, read

ON_THE_STREET = {"housing.now": "street", "children.any": "yes"}
SETTLED = {"housing.now": "owner", "children.any": "no", "children.at-home": 0}
NOTHING = {}


def says(text, answers):
    return holds(read(text), answers)


@pytest.mark.parametrize(
    ("condition", "on_the_street", "settled", "nothing_known"),
    [
        ('housing.now = "street"', True, False, False),
        ('housing.now in ["street", "sofa"]', True, False, False),
        ('housing.now in ["street", "sofa"] and children.any = "yes"', True, False, False),
        ('housing.now = "owner" or children.any = "yes"', True, True, False),
        ('not housing.now = "street"', False, True, True),
        ('housing.now != "street"', False, True, False),
        ("known housing.now", True, True, False),
        ("not known housing.now", False, False, True),
        ("children.at-home >= 1", False, False, False),
        ("children.at-home < 1", False, True, False),
        ('not (children.any = "yes" or children.at-home > 2)', False, True, True),
    ],
)
def test_a_condition_reads_as_english(condition, on_the_street, settled, nothing_known):
    assert says(condition, ON_THE_STREET) is on_the_street
    assert says(condition, SETTLED) is settled
    assert says(condition, NOTHING) is nothing_known


def test_and_binds_closer_than_or():
    text = 'a.x = "1" or a.y = "1" and a.z = "1"'
    assert says(text, {"a.x": "1"})
    assert not says(text, {"a.y": "1"})


def test_several_answers_to_one_question():
    condition = 'network.trusted has "friends"'
    assert says(condition, {"network.trusted": ["family", "friends"]})
    assert not says(condition, {"network.trusted": ["family"]})
    assert says('network.trusted in ["work", "family"]', {"network.trusted": ["family"]})


def test_rather_not_say_is_no_number():
    assert not says("safety.fear >= 1", {"safety.fear": "not-said"})
    assert not says("safety.fear < 1", {"safety.fear": "not-said"})


def test_what_is_not_asked_leads_to_nothing_further():
    """She once said that two children live with her; now there are none in her life."""
    questions = [
        ("children.any", None),
        ("children.at-home", read('children.any = "yes"')),
        ("children.school", read("children.at-home >= 1")),
    ]
    once = {"children.any": "yes", "children.at-home": 2}
    assert asked(questions, once) == ["children.any", "children.at-home", "children.school"]
    assert asked(questions, {**once, "children.any": "no"}) == ["children.any"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the code of a question was expected"),
        ('housing = "street"', "the code of a question was expected"),
        ("housing.now = 'street'", "cannot be read"),
        ('housing.now "street"', "after housing.now comes one of"),
        ("housing.now = street", "a word in quotation marks"),
        ('housing.now in "street"', "'[' was expected"),
        ('housing.now = "a" and', "the code of a question was expected"),
        ('(housing.now = "a"', "')' was expected"),
        ('housing.now = "a" housing.now', "nothing more was expected"),
        ('safety.fear >= "a"', "a whole number was expected"),
    ],
)
def test_a_slip_is_pointed_at(text, said):
    with pytest.raises(
        NoCondition, match=said.replace("(", r"\(").replace("[", r"\[").replace(")", r"\)")
    ):
        read(text)


def test_a_condition_can_be_written_out_again():
    text = 'not (a.x = "1" or known a.y) and a.z in ["p", "q"]'
    assert in_words(read(text)) == text
