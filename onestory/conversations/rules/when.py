"""When it is safe, as far as a machine may be sure that it has understood.

A worker writes when it is safe in words of their own, and "while Derek is at work" is nothing that a
clock can keep. So only two ways of saying it are read, and nothing is guessed: "At any time", and
times like "Monday to Friday, 10:00 to 14:00", with semicolons between several. Everything else is for
people, and counts as unknown.
"""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from onestory.kernel.calendar import LONDON

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ANY_TIME = "At any time"
EVERY_DAY = "Every day"

_LINE = re.compile(
    r"(?P<days>every day|{day}(?: to {day}|(?:, {day})*(?: and {day})?)?), "
    r"(?P<start>\d\d:\d\d) to (?P<end>\d\d:\d\d)".format(day=f"(?:{'|'.join(DAYS)})"),
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Window:
    """Some days of the week (0 is Monday), from a time until a later time of the same day."""

    days: frozenset[int]
    start: time
    end: time

    def holds(self, moment: datetime) -> bool:
        here = moment.astimezone(LONDON)
        return here.weekday() in self.days and self.start <= here.time() < self.end

    def __str__(self) -> str:
        return f"{_days_in_words(self.days)}, {self.start:%H:%M} to {self.end:%H:%M}"


@dataclass(frozen=True)
class When:
    """The windows in which it is safe; none at all means at any time."""

    windows: tuple[Window, ...] = ()

    def is_safe(self, moment: datetime) -> bool:
        return not self.windows or any(window.holds(moment) for window in self.windows)

    def next_safe(self, moment: datetime) -> datetime:
        """The first moment from `moment` on at which it is safe."""
        if self.is_safe(moment):
            return moment
        here = moment.astimezone(LONDON)
        starts = (
            datetime.combine(here.date() + timedelta(days=days), window.start, LONDON)
            for days in range(8)
            for window in self.windows
        )
        return min(start for start in starts if start > moment and self.is_safe(start))

    def __str__(self) -> str:
        return "; ".join(map(str, self.windows)) or ANY_TIME


def read_when(words: str) -> When | None:
    """When it is safe, if the words say it in one of the two ways; None if they do not."""
    parts = words.replace(";", "\n").splitlines()
    lines = [part.strip().rstrip(".") for part in parts if part.strip()]
    if [line.lower() for line in lines] == [ANY_TIME.lower()]:
        return When()
    windows = [_read_line(line) for line in lines]
    return When(tuple(windows)) if windows and all(windows) else None


def _read_line(line: str) -> Window | None:
    found = _LINE.fullmatch(line)
    if not found:
        return None
    try:
        start, end = time.fromisoformat(found["start"]), time.fromisoformat(found["end"])
    except ValueError:
        return None
    days = _read_days(found["days"])
    return Window(days, start, end) if start < end and days else None


def _read_days(words: str) -> frozenset[int]:
    if words.lower() == EVERY_DAY.lower():
        return frozenset(range(7))
    named = [
        DAYS.index(day.capitalize())
        for day in re.findall("|".join(DAYS), words, flags=re.IGNORECASE)
    ]
    if " to " in words.lower():
        first, last = named
        return frozenset(range(first, last + 1))
    return frozenset(named)


def _days_in_words(days: frozenset[int]) -> str:
    """'Every day', 'Monday to Friday', 'Monday and Thursday'."""
    ordered = sorted(days)
    if len(ordered) == 7:
        return EVERY_DAY
    if len(ordered) > 2 and ordered[-1] - ordered[0] == len(ordered) - 1:
        return f"{DAYS[ordered[0]]} to {DAYS[ordered[-1]]}"
    names = [DAYS[day] for day in ordered]
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
