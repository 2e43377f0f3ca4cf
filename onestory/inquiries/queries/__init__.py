"""Reviews, and what happened when in the records that one has opened. Always for an actor."""

from onestory.inquiries.queries.chronology import Chronology, Narrowed, chronology
from onestory.inquiries.queries.inquiries import handlers, inquiries, inquiry, is_open_to
from onestory.inquiries.queries.lines import Fact, Line

__all__ = [
    "Chronology",
    "Fact",
    "Line",
    "Narrowed",
    "chronology",
    "handlers",
    "inquiries",
    "inquiry",
    "is_open_to",
]
