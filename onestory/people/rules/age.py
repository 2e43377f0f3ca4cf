"""How old somebody is, in words."""

from datetime import date


def years(born_on: date, today: date) -> int:
    """The age in whole years."""
    return today.year - born_on.year - ((today.month, today.day) < (born_on.month, born_on.day))


def in_words(born_on: date | None, birth_year: int | None, today: date) -> str:
    """'36', 'about 36' where only the year is known, or nothing."""
    if born_on:
        return str(years(born_on, today))
    return f"about {today.year - birth_year}" if birth_year else ""
