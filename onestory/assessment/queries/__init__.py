"""What is known from answers, what is missing, and how often somebody was asked again."""

from onestory.assessment.queries.counts import AskedAgain, asked_again
from onestory.assessment.queries.known import Known, history, known
from onestory.assessment.queries.picture import (
    Picture,
    known_of,
    missing,
    needs_found,
    needs_of,
    picture,
)
from onestory.assessment.queries.section import Item, Part, answers_read, parts, parts_of
from onestory.assessment.queries.sittings import (
    Measure,
    left_in,
    measures,
    open_sitting,
    sitting,
    sittings,
)

__all__ = [
    "AskedAgain",
    "Item",
    "Known",
    "Measure",
    "Part",
    "Picture",
    "answers_read",
    "asked_again",
    "history",
    "known",
    "known_of",
    "left_in",
    "measures",
    "missing",
    "needs_found",
    "needs_of",
    "open_sitting",
    "parts",
    "parts_of",
    "picture",
    "sitting",
    "sittings",
]
