"""What is known from answers, what is missing, and how often somebody was asked again."""

from onestory.assessment.queries.counts import AskedAgain, asked_again
from onestory.assessment.queries.known import (
    Known,
    Picture,
    history,
    known,
    missing,
    needs_found,
    picture,
)
from onestory.assessment.queries.sittings import Measure, measures, open_sitting, sitting, sittings

__all__ = [
    "AskedAgain",
    "Known",
    "Measure",
    "Picture",
    "asked_again",
    "history",
    "known",
    "measures",
    "missing",
    "needs_found",
    "open_sitting",
    "picture",
    "sitting",
    "sittings",
]
