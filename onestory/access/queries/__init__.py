"""What stands open to whom, and what the record says. Reads only, always for an actor."""

from onestory.access.queries.closed import (
    barrings,
    everybody,
    guardians,
    is_barred,
    live_opening,
    openings,
    openings_to_review,
    person_called,
    references,
    staff,
)
from onestory.access.queries.grants import (
    Cover,
    envelopes_of,
    held_by,
    may_share,
    open_envelopes,
    sharing_until,
    who_knows,
)
from onestory.access.queries.record import busy, entries_about, entries_by, entries_under, lines
from onestory.access.queries.seals import last_seal, verify, waiting

__all__ = [
    "Cover",
    "barrings",
    "busy",
    "entries_about",
    "entries_by",
    "entries_under",
    "envelopes_of",
    "everybody",
    "guardians",
    "held_by",
    "is_barred",
    "last_seal",
    "lines",
    "live_opening",
    "may_share",
    "open_envelopes",
    "openings",
    "openings_to_review",
    "person_called",
    "references",
    "sharing_until",
    "staff",
    "verify",
    "waiting",
    "who_knows",
]
