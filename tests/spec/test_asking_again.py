"""How long an answer holds, and what is asked again."""

from datetime import date, datetime

import pytest

from onestory.assessment.definitions import load_bank
from onestory.assessment.rules.again import ask_again_on, holds
from onestory.kernel.calendar import LONDON

QUESTIONS = load_bank().questions
SAID = datetime(2026, 3, 2, 23, 30, tzinfo=LONDON)


def at(*parts):
    return datetime(*parts, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("question", "again_on"),
    [
        ("safety.now", date(2026, 3, 3)),
        ("mental-health.suicidal", date(2026, 3, 9)),
        ("housing.now", date(2026, 4, 1)),
        ("health.gp", date(2027, 3, 2)),
        ("about.ethnicity", None),
    ],
)
def test_each_question_says_how_long_its_answer_holds(question, again_on):
    assert ask_again_on(QUESTIONS[question], SAID) == again_on


def test_the_day_in_london_decides():
    asked = QUESTIONS["safety.now"]
    assert holds(asked, SAID, at(2026, 3, 2, 23, 59))
    assert not holds(asked, SAID, at(2026, 3, 3, 0, 1))


def test_who_somebody_is_holds_for_good():
    assert holds(QUESTIONS["about.ethnicity"], SAID, at(2046, 1, 1))
