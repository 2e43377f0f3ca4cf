"""Opening times: how people write them, how they are kept, and whether a place is open now.

A line is days and hours. However it was written, it is kept as `mon-fri 09:00-17:00`.
"""

import re
from collections.abc import Iterable
from datetime import datetime, time

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MIDNIGHT = "24:00"
ALWAYS = f"mon-sun 00:00-{MIDNIGHT}"

_EVERY_DAY = re.compile(r"^(every ?day|daily|all week|7 days( a week)?)\b,?")
_ALL_HOURS = re.compile(r"\b(24 hours( a day)?|all day|24/7|round the clock)$")
_WEEKDAYS = re.compile(r"^weekdays\b")
_WEEKENDS = re.compile(r"^weekends?\b")
_TO = re.compile(r"\s*(?:-|\N{EN DASH}|\bto\b|\buntil\b)\s*")
_HOUR = re.compile(r"^(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?$")


def read(text: str) -> list[str]:
    """The lines of `text`, as they are kept. `ValueError` names the first that cannot be read."""
    return [_line(line) for line in text.splitlines() if line.strip()]


def in_words(line: str) -> str:
    """'Monday to Friday, 9am to 5pm'."""
    days, hours = line.split(" ")
    first, _, last = days.partition("-")
    if line == ALWAYS:
        return "Every day, 24 hours"
    named = NAMES[DAYS.index(first)] + (f" to {NAMES[DAYS.index(last)]}" if last else "")
    opens, _, closes = hours.partition("-")
    when = "24 hours" if hours == f"00:00-{MIDNIGHT}" else f"{_spoken(opens)} to {_spoken(closes)}"
    return f"{'Every day' if days == 'mon-sun' else named}, {when}"


def is_open(lines: Iterable[str], at: datetime) -> bool:
    """Whether any of the lines covers this moment, by the clock on the wall."""
    clock = f"{at:%H:%M}"
    for line in lines:
        days, hours = line.split(" ")
        first, _, last = days.partition("-")
        opens, _, closes = hours.partition("-")
        if _within(at.weekday(), first, last or first) and opens <= clock < closes:
            return True
    return False


def _within(day: int, first: str, last: str) -> bool:
    start, end = DAYS.index(first), DAYS.index(last)
    return start <= day <= end if start <= end else day >= start or day <= end


def _line(written: str) -> str:
    text = " ".join(written.lower().replace(",", " ").split())
    text = _EVERY_DAY.sub("mon-sun", text)
    text = _WEEKDAYS.sub("mon-fri", _WEEKENDS.sub("sat-sun", text))
    text = _ALL_HOURS.sub(f"00:00-{MIDNIGHT}", text)
    text = _TO.sub("-", text)
    days, _, hours = text.partition(" ")
    try:
        named = [DAYS.index(day[:3]) for day in days.split("-") if _is_day(day)]
        opens, closes = hours.split("-")
        if len(named) not in (1, 2) or len(named) != len(days.split("-")):
            raise ValueError
        start, end = _clock(opens), _clock(closes)
        if start >= end:
            raise ValueError
    except ValueError:
        raise ValueError(written.strip()) from None
    return f"{'-'.join(DAYS[day] for day in named)} {start}-{end}"


def _is_day(word: str) -> bool:
    return len(word) >= 3 and any(name.lower().startswith(word.rstrip("s")) for name in NAMES)


def _clock(text: str) -> str:
    if text in (MIDNIGHT, "midnight", "12 midnight"):
        return MIDNIGHT
    found = _HOUR.match({"noon": "12pm", "midday": "12pm"}.get(text, text))
    if not found:
        raise ValueError(text)
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half and not 1 <= hour <= 12:
        raise ValueError(text)
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return f"{time(hour, minute):%H:%M}"


def _spoken(clock: str) -> str:
    if clock == MIDNIGHT:
        return "midnight"
    hour, minute = int(clock[:2]), clock[3:]
    if clock == "12:00":
        return "noon"
    half = "am" if hour < 12 else "pm"
    return f"{hour % 12 or 12}{'' if minute == '00' else f'.{minute}'}{half}"
