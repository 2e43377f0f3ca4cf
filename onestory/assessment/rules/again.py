"""How long an answer holds, and when to ask whether it still does."""

from datetime import date, datetime, timedelta

from onestory.assessment.definitions.schema import Question
from onestory.kernel.calendar import local


def ask_again_on(question: Question, said_at: datetime) -> date | None:
    """The day from which the question is asked again; None if the answer holds for good."""
    if question.holds_days is None:
        return None
    return local(said_at).date() + timedelta(days=question.holds_days)


def holds(question: Question, said_at: datetime, now: datetime) -> bool:
    """Whether an answer is new enough to go by."""
    again = ask_again_on(question, said_at)
    return again is None or local(now).date() < again
