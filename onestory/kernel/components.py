"""What the page components are given: small, plain values that a view can make and a test compare."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

RAG = {"red": "Red", "amber": "Amber", "green": "Green", "blue": "Blue"}


@dataclass(frozen=True)
class Row:
    """A line of a summary list. `change` is where the value can be changed."""

    key: str
    value: Any
    change: str = ""
    action: str = "Change"


@dataclass(frozen=True)
class Column:
    """A heading of a table. Numbers stand to the right, under one another."""

    label: str
    numeric: bool = False


@dataclass(frozen=True)
class Cell:
    """A value of a table, and where it leads. `spoken` is added for screen readers only."""

    value: Any
    url: str = ""
    spoken: str = ""


@dataclass(frozen=True)
class Event:
    """Something that happened, on a timeline."""

    when: date | datetime
    title: str
    text: Any = ""
    by: str = ""
    url: str = ""
    tag: str = ""


@dataclass(frozen=True)
class WorkItem:
    """A line of a worklist: what it is, how urgent, when it is due, and a few facts.

    `rag` is None where nobody grades such things.
    """

    title: str
    url: str
    rag: str | None = ""
    due: date | datetime | None = None
    facts: Sequence[str] = ()
    tag: str = ""
    tag_colour: str = "grey"


@dataclass(frozen=True)
class Deadline:
    """A moment by which something is due, in words, and how near it is."""

    state: str  # overdue, soon, today, later, done or late
    words: str


def deadline(
    when: date | datetime, now: datetime | None = None, done: date | datetime | None = None
) -> Deadline:
    """How a due time reads at `now`: 'Due today 16:30', 'Overdue by 2 hours', 'Done on time'."""
    now = timezone.localtime(now)
    if done is not None:
        by = _end(done) - _end(when)
        if by <= timedelta(0):
            return Deadline("done", "Done on time")
        return Deadline("late", f"Done {length(by)} late")
    left = _end(when) - now
    if left < timedelta(0):
        return Deadline("overdue", f"Overdue by {_overdue(when, now)}")
    if isinstance(when, datetime) and left < timedelta(hours=1):
        return Deadline("soon", f"Due in {length(left)}" if left.seconds >= 60 else "Due now")
    days = (_day(when) - now.date()).days
    clock = f" {timezone.localtime(when):%H:%M}" if isinstance(when, datetime) else ""
    if days == 0:
        return Deadline("today", f"Due today{clock}")
    if days == 1:
        return Deadline("later", f"Due tomorrow{clock}")
    return Deadline("later", f"Due {day_in_words(_day(when), now.date())}{clock}")


def length(span: timedelta) -> str:
    """The largest unit that says enough: '25 minutes', '2 hours', '3 days'."""
    minutes = int(span.total_seconds() // 60)
    if minutes < 60:
        return _count(max(minutes, 1), "minute")
    if minutes < 48 * 60:
        return _count(minutes // 60, "hour")
    return _count(minutes // (24 * 60), "day")


def day_in_words(day: date, today: date | None = None) -> str:
    """'Friday 3 April', with the year when it is not this one."""
    year = "" if today and day.year == today.year else f" {day.year}"
    return f"{day:%A} {day.day} {day:%B}{year}"


def _day(when: date | datetime) -> date:
    return timezone.localtime(when).date() if isinstance(when, datetime) else when


def _end(when: date | datetime) -> datetime:
    """The moment itself, or the end of the day."""
    if isinstance(when, datetime):
        return timezone.localtime(when)
    return timezone.make_aware(datetime.combine(when, time.max))


def _overdue(when: date | datetime, now: datetime) -> str:
    if isinstance(when, datetime):
        return length(now - when)
    return _count((now.date() - when).days, "day")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
