"""Dates of birth: how people write them, and how they get them wrong."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

EARLIEST = 1900
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
GAP = r"[\s,./-]{0,3}"
YEAR = r"([0-9]{4}|[0-9]{2})"
# Each pattern with the places of day, month and year among its groups.
PATTERNS = [
    (re.compile(pattern, re.IGNORECASE | re.ASCII), places)
    for pattern, places in (
        (r"(?<![0-9])([0-9]{4})[-/. ]([0-9]{1,2})[-/. ]([0-9]{1,2})(?![0-9])", (3, 2, 1)),
        (
            rf"(?<![0-9])([0-9]{{1,2}})\s?[-/.]\s?([0-9]{{1,2}})\s?[-/.]\s?{YEAR}(?![0-9])",
            (1, 2, 3),
        ),
        (r"(?<![0-9])([0-9]{1,2}) ([0-9]{1,2}) ([0-9]{4})(?![0-9])", (1, 2, 3)),
        (
            rf"(?<![0-9])([0-9]{{1,2}})(?:st|nd|rd|th)?(?:\s+of\b)?{GAP}{MONTH}{GAP}{YEAR}(?![0-9])",
            (1, 2, 3),
        ),
        (rf"\b{MONTH}{GAP}([0-9]{{1,2}})(?:st|nd|rd|th)?[\s,]{{1,3}}{YEAR}(?![0-9])", (2, 1, 3)),
        (r"(?<![0-9])([0-9]{2})([0-9]{2})([0-9]{4})(?![0-9])", (1, 2, 3)),
        (r"(?<![0-9])([0-9]{2})([0-9]{2})([0-9]{2})(?![0-9])", (1, 2, 3)),
    )
]


def find_dates(text: str, *, today: date) -> Iterator[tuple[date, tuple[int, int]]]:
    """The possible dates of birth written in `text`, each with the span where it stands."""
    for pattern, (day, month, year) in PATTERNS:
        for found in pattern.finditer(text):
            born = _born(found[day], found[month], found[year], today)
            if born:
                yield born, found.span()


def _born(day: str, month: str, year: str, today: date) -> date | None:
    """The date, if somebody living can have been born on it; month before day is understood."""
    number = int(month) if month.isdecimal() else MONTHS.index(month[:3].lower()) + 1
    full = int(year)
    if len(year) == 2:
        full += 2000 if full <= today.year % 100 else 1900
    made = make(full, number, int(day)) or make(full, int(day), number)
    return made if made and made.year >= EARLIEST and made <= today else None


def make(year: int, month: int, day: int) -> date | None:
    """The date, or None if the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def swapped(born: date) -> date | None:
    """The same with day and month exchanged, where that is another day."""
    other = make(born.year, born.day, born.month)
    return other if other != born else None


def one_slip(one: date, other: date) -> bool:
    """Whether a single wrong digit, or two neighbouring digits exchanged, tells them apart."""
    first, second = f"{one:%Y%m%d}", f"{other:%Y%m%d}"
    wrong = [place for place in range(8) if first[place] != second[place]]
    if len(wrong) == 1:
        return True
    return (
        len(wrong) == 2
        and wrong[1] == wrong[0] + 1
        and (first[wrong[0]], first[wrong[1]]) == (second[wrong[1]], second[wrong[0]])
    )


def near(born: date) -> set[date]:
    """The dates that `born` may be a slip for: one digit, two exchanged, a day or a year out."""
    digits = f"{born:%Y%m%d}"
    written = {
        digits[:place] + digit + digits[place + 1 :]
        for place in range(1, 8)
        for digit in "0123456789"
    } | {
        digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]
        for place in range(1, 7)
    }
    dates = {make(int(text[:4]), int(text[4:6]), int(text[6:])) for text in written}
    dates |= {make(born.year + step, born.month, born.day) for step in (-1, 1)}
    dates |= {born + timedelta(days=step) for step in (-1, 1)}
    return {day for day in dates if day and EARLIEST <= day.year < 2100} - {born}
