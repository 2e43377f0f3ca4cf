"""What can be asked about MARAC, always for an actor; PostgreSQL decides what comes back."""

from onestory.marac.queries.asking import seats
from onestory.marac.queries.cases import case, cases, cases_of, tables_of, to_ask, to_decide
from onestory.marac.queries.meetings import (
    agenda,
    ahead,
    changed_meetings,
    meeting,
    meetings,
    next_meeting,
    proposal,
    waiting,
)
from onestory.marac.queries.namesakes import namesakes
from onestory.marac.queries.picture import Picture
from onestory.marac.queries.repeats import found_repeats
from onestory.marac.queries.tasks import (
    actions,
    asked_of,
    late,
    overdue,
    overdue_count,
    reviews_due,
)

__all__ = [
    "Picture",
    "actions",
    "agenda",
    "ahead",
    "asked_of",
    "case",
    "cases",
    "changed_meetings",
    "cases_of",
    "found_repeats",
    "late",
    "meeting",
    "meetings",
    "namesakes",
    "next_meeting",
    "overdue",
    "overdue_count",
    "proposal",
    "reviews_due",
    "seats",
    "tables_of",
    "to_ask",
    "to_decide",
    "waiting",
]
