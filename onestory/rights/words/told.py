"""How a table and its columns are told in a copy of somebody's record."""

from enum import StrEnum
from typing import NamedTuple


class How(StrEnum):
    """How a column is given in a copy."""

    # About the person and nobody else: a code, a day, a number, or words of their own.
    PLAIN = "plain"
    # Words that somebody wrote, in which there may be others: read by a person before it is given.
    READ = "read"
    # Leads to somebody else, who is not named.
    OTHER = "other"
    # Tells nothing of anybody: how the system keeps its rows.
    SYSTEM = "system"


class Say(NamedTuple):
    """A column: what it is called, how it is given, and the area's vocabulary that its codes are of.

    `needs`: another column, without which this one says nothing.
    """

    label: str
    how: How = How.PLAIN
    terms: str = ""
    needs: str = ""


class Told(NamedTuple):
    """A table: what one row is called, and its columns. Without columns none of it is given: `why`."""

    title: str
    columns: dict[str, Say]
    why: str = ""


def plain(label: str, terms: str = "", *, needs: str = "") -> Say:
    return Say(label, How.PLAIN, terms, needs)


def read(label: str) -> Say:
    return Say(label, How.READ)


def system(*names: str) -> dict[str, Say]:
    return dict.fromkeys(names, Say("", How.SYSTEM))
