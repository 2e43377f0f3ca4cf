"""Working days and financial years of England, and clocks that run on them.

Moments are aware datetimes; every answer is in the time of London, where people read it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Self
from zoneinfo import ZoneInfo

from holidays import country_holidays

LONDON = ZoneInfo("Europe/London")
CLOSE_OF_DAY = time(17)
ONE_DAY = timedelta(days=1)
SATURDAY = 5
APRIL = 4


def local(moment: datetime) -> datetime:
    """`moment` by the clock of London; a moment without a time zone is refused."""
    if moment.tzinfo is None:
        raise ValueError("A moment needs a time zone.")
    return moment.astimezone(LONDON)


@cache
def bank_holidays(year: int) -> dict[date, str]:
    """The bank holidays of England in `year`, with their names."""
    return dict(country_holidays("GB", subdiv="ENG", years=year, language="en_GB"))


def is_working_day(day: date) -> bool:
    """Monday to Friday, without the bank holidays of England."""
    return day.weekday() < SATURDAY and day not in bank_holidays(day.year)


def add_working_days(day: date, number: int) -> date:
    """The `number`th working day after `day` (before it, if negative).

    `day` itself is not counted. No working days at all after a Sunday is the Monday.
    """
    step = -ONE_DAY if number < 0 else ONE_DAY
    left = abs(number)
    while left or not is_working_day(day):
        day += step
        if left and is_working_day(day):
            left -= 1
    return day


def working_days_between(start: date, end: date) -> int:
    """How many working days come after `start`, up to and with `end`; negative if `end` is earlier."""
    if end < start:
        return -working_days_between(end, start)
    days = (start + ONE_DAY * number for number in range(1, (end - start).days + 1))
    return sum(map(is_working_day, days))


def deadline(
    start: datetime, *, hours: float | None = None, working_days: int | None = None
) -> datetime:
    """When a thing received at `start` is due: give either `hours` or `working_days`.

    Hours run day and night, weekends and bank holidays, and are hours that pass: 24 hours across
    the night the clocks go forward end an hour later by the clock on the wall.

    Working days are counted from the day after receipt and end at 17:00, when teams go home. So
    "within one working day" is the close of the next working day, whatever the hour of receipt:
    Friday at 09:00, Friday at 23:00 and Saturday are all due on Monday at 17:00. The definition
    counts days, not hours, and a contact that waits out a weekend gains no further day by it.
    """
    if (hours is None) == (working_days is None):
        raise ValueError("A deadline needs either hours or working days.")
    if hours is not None:
        return local(local(start).astimezone(UTC) + timedelta(hours=hours))
    day = add_working_days(local(start).date(), working_days)
    return datetime.combine(day, CLOSE_OF_DAY, LONDON)


def overdue(due: datetime, now: datetime) -> bool:
    """Whether `due` has passed; at the very moment a thing is still in time."""
    return now > due


def due_in_words(due: datetime, now: datetime) -> str:
    """`due` as a person would say it at `now`: "due tomorrow 09:00", "overdue by 3 days"."""
    if overdue(due, now):
        return f"overdue by {_length_in_words(now - due)}"
    due, today = local(due), local(now).date()
    days = (due.date() - today).days
    if days <= 1:
        day = ("today", "tomorrow")[days]
    elif days < 7:
        day = f"{due:%A}"
    else:
        day = f"{due.day} {due:%B}" + (f" {due.year}" if due.year != today.year else "")
    return f"due {day} {due:%H:%M}"


def _length_in_words(length: timedelta) -> str:
    """Whole days from one day on, whole hours from one hour on, else minutes."""
    minutes = int(length.total_seconds() // 60)
    if not minutes:
        return "less than a minute"
    counts = ((minutes // (24 * 60), "day"), (minutes // 60, "hour"), (minutes, "minute"))
    number, word = next(count for count in counts if count[0])
    return f"{number} {word}" + ("s" if number > 1 else "")


@dataclass(frozen=True, order=True)
class FinancialYear:
    """The public sector's year: 1 April to 31 March, named by its first calendar year."""

    first: int

    @classmethod
    def of(cls, day: date) -> Self:
        """The financial year in which `day` lies."""
        return cls(day.year if day.month >= APRIL else day.year - 1)

    @classmethod
    def parse(cls, label: str) -> Self:
        """Read '2015/16', and nothing else."""
        first = label[:4]
        if not (first.isascii() and first.isdecimal() and cls(int(first)).label == label):
            raise ValueError(f"{label!r} is not a financial year like 2015/16.")
        return cls(int(first))

    @property
    def label(self) -> str:
        return f"{self.first:04}/{(self.first + 1) % 100:02}"

    @property
    def start(self) -> date:
        return date(self.first, APRIL, 1)

    @property
    def end(self) -> date:
        """The last day, 31 March."""
        return date(self.first + 1, 3, 31)

    def months(self) -> tuple[date, ...]:
        """The first day of each of its months, April to March."""
        return tuple(months(self.start, self.end))

    def __str__(self) -> str:
        return self.label

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end


def financial_years(start: date, end: date) -> tuple[FinancialYear, ...]:
    """The financial years that a period touches, earliest first."""
    first, last = FinancialYear.of(start).first, FinancialYear.of(end).first
    return tuple(map(FinancialYear, range(first, last + 1)))


def months(start: date, end: date) -> Iterator[date]:
    """The first day of each month that a period touches, earliest first."""
    for number in range(start.year * 12 + start.month - 1, end.year * 12 + end.month):
        yield date(number // 12, number % 12 + 1, 1)
