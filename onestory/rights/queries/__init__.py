"""Copies of a record, requests for them, and what is kept how long. Reads only, always for an actor."""

from onestory.rights.queries.copy import Copy, Draft, copy_of, draft_of
from onestory.rights.queries.requests import (
    deletion,
    deletions,
    handlers,
    holds,
    person_of_reference,
    records_of,
    reference_of,
    request,
    request_about,
    requests,
    review,
    reviews,
)
from onestory.rights.queries.telling import Entry, Line, Part

__all__ = [
    "Copy",
    "Draft",
    "Entry",
    "Line",
    "Part",
    "copy_of",
    "deletion",
    "deletions",
    "draft_of",
    "handlers",
    "holds",
    "person_of_reference",
    "records_of",
    "reference_of",
    "request",
    "request_about",
    "requests",
    "review",
    "reviews",
]
