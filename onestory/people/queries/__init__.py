"""What can be asked about people, always for an actor; PostgreSQL decides what comes back."""

from onestory.people.queries.finding import Found, duplicates, find
from onestory.people.queries.person import (
    PersonView,
    known_person,
    notices,
    open_person,
    requests,
)
from onestory.people.queries.same import names, records

__all__ = [
    "Found",
    "PersonView",
    "duplicates",
    "find",
    "known_person",
    "names",
    "notices",
    "open_person",
    "records",
    "requests",
]
