"""What can be an answer to a question, and how it reads."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from onestory.assessment.definitions.schema import MOST_TEXT, NOT_SAID, Question
from onestory.kernel.components import day_in_words


class NoAnswer(ValueError):
    """This cannot be an answer to the question; the message says what can."""


def clean(question: Question, value: Any) -> Any:
    """The answer as it is kept. Raises `NoAnswer`."""
    match question.kind:
        case "text":
            return _text(value)
        case "number":
            return _number(question, value)
        case "scale":
            return NOT_SAID if value == NOT_SAID else _number(question, value)
        case "date":
            return _day(question, value)
        case "choices":
            return _codes(question, value)
    if not isinstance(value, str) or question.option(value) is None:
        raise NoAnswer("Choose one of the answers.")
    return value


def in_words(question: Question, value: Any) -> str:
    """An answer as a person would say it. What is not offered any more shows itself."""
    match question.kind:
        case "choices":
            return "; ".join(_name(question, code) for code in _several(value))
        case "scale" if isinstance(value, int):
            return _on_scale(question, value)
        case "date":
            return day_in_words(date.fromisoformat(value)) if _is_day(value) else str(value)
        case "text" | "number":
            return str(value)
    return _name(question, value)


def note(text: str) -> str:
    """What is added in own words, as it is kept. Raises `NoAnswer`."""
    return _tidy(text)


def within(words: str) -> str:
    """Words as they stand within a sentence."""
    return words[:1].lower() + words[1:]


def needs_of(question: Question, value: Any) -> Iterable[str]:
    """The needs that this answer means."""
    for code in _several(value):
        yield from question.needs.get(code, ()) if isinstance(code, str) else ()


def _text(value: Any) -> str:
    if not isinstance(value, str) or not (text := _tidy(value)):
        raise NoAnswer("Enter the answer.")
    return text


def _tidy(text: str) -> str:
    """Without what the database cannot keep; every other character stays, of whatever script."""
    text = text.replace("\r\n", "\n").replace("\0", "").strip()
    if len(text) > MOST_TEXT:
        raise NoAnswer(f"Keep it to {MOST_TEXT:,} characters; this has {len(text):,}.")
    # A character cut in two by a faulty program.
    return text.encode("utf-8", "replace").decode()


def _number(question: Question, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise NoAnswer("Enter a whole number.")
    if not question.low <= value <= question.high:
        raise NoAnswer(f"Enter a number from {question.low:,} to {question.high:,}.")
    return value


def _day(question: Question, value: Any) -> str:
    try:
        day = value if isinstance(value, date) else date.fromisoformat(value)
    except (TypeError, ValueError):
        raise NoAnswer("Enter a day, such as 27 3 2026.") from None
    if question.past and day > date.today():
        raise NoAnswer("Enter a day that has been.")
    return day.isoformat()


def _codes(question: Question, value: Any) -> list[str]:
    """In the order of the question, each once; what goes with no other is by itself."""
    if not isinstance(value, list | tuple) or not value:
        raise NoAnswer("Choose at least one answer.")
    if any(not isinstance(code, str) or question.option(code) is None for code in value):
        raise NoAnswer("Choose from the answers.")
    chosen = [option for option in question.choices if option.code in value]
    alone = [option.name for option in chosen if option.alone]
    if alone and len(chosen) > 1:
        raise NoAnswer(f"‘{alone[0]}’ goes with no other answer.")
    return [option.code for option in chosen]


def _several(value: Any) -> list:
    return value if isinstance(value, list) else [value]


def _name(question: Question, code: Any) -> str:
    option = question.option(str(code))
    return option.name if option else str(code)


def _on_scale(question: Question, value: int) -> str:
    ends = {question.low: question.low_means, question.high: question.high_means}
    meaning = f" ({within(ends[value])})" if value in ends else ""
    return f"{value} of {question.high}{meaning}"


def _is_day(value: Any) -> bool:
    try:
        return bool(date.fromisoformat(value))
    except (TypeError, ValueError):
        return False
