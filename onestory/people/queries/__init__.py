"""What can be asked about people, always for an actor; PostgreSQL decides what comes back."""

from onestory.people.queries.finding import Found, duplicates, duplicates_of, find
from onestory.people.queries.inbox import notices, requests, waiting
from onestory.people.queries.person import (
    PersonView,
    by_reference,
    fact_now,
    known_person,
    open_person,
    writable_person,
)
from onestory.people.queries.same import names, records

__all__ = [
    "Found",
    "PersonView",
    "by_reference",
    "duplicates",
    "duplicates_of",
    "fact_now",
    "find",
    "known_person",
    "names",
    "notices",
    "open_person",
    "records",
    "requests",
    "waiting",
    "writable_person",
]
