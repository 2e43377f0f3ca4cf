"""The questions of asking for support: one a page, and which of them somebody is asked.

Answers are a dict: step -> what its page was answered with. A step is asked or not by what was
answered before it.
"""

from collections.abc import Callable
from typing import Any

Answers = dict[str, dict[str, Any]]
CHECK = "check"


def for_other(answers: Answers) -> bool:
    """Whether it is for somebody else than the one who asks."""
    return answers.get("who", {}).get("who") == "other"


def in_danger(answers: Answers) -> bool:
    return answers.get("now", {}).get("danger") is True


def reach(answers: Answers) -> str:
    """How they want to be reached: call, text or none; empty before it was asked."""
    return answers.get("reach", {}).get("reach", "")


def _always(answers: Answers) -> bool:
    return True


def _for_self(answers: Answers) -> bool:
    return not for_other(answers)


def _to_be_reached(answers: Answers) -> bool:
    return not for_other(answers) and reach(answers) in ("call", "text")


def _to_be_called(answers: Answers) -> bool:
    return not for_other(answers) and reach(answers) == "call"


STEPS: dict[str, Callable[[Answers], bool]] = {
    "who": _always,
    "now": _always,
    "age": _always,
    "what": _always,
    "most": _always,
    "words": _always,
    "name": _always,
    "told": for_other,
    "you": for_other,
    "reach": _for_self,
    "number": _to_be_reached,
    "when": _to_be_reached,
    "voice": _to_be_called,
    "keep": _for_self,
    "door": _always,
}


def asked(answers: Answers) -> list[str]:
    """The steps that this person is asked, in order."""
    return [step for step, is_asked in STEPS.items() if is_asked(answers)]


def previous_step(answers: Answers, step: str) -> str:
    """The step before this one; empty before the first."""
    order = asked(answers)
    if step == CHECK:
        return order[-1]
    return order[order.index(step) - 1] if step in order[1:] else ""


def first_open(answers: Answers) -> str:
    """Where to go on: the first step that was not answered, or `CHECK`."""
    return next((step for step in asked(answers) if step not in answers), CHECK)
