"""Questions and instruments as data, checked whole when they are read."""

from onestory.assessment.definitions.load import Bank, BankError, load_bank, reworded
from onestory.assessment.definitions.schema import (
    NOT_SAID,
    UNKNOWN,
    Ask,
    Band,
    Instrument,
    Option,
    Prompt,
    Question,
    Scoring,
    Section,
)

__all__ = [
    "NOT_SAID",
    "UNKNOWN",
    "Ask",
    "Band",
    "Bank",
    "BankError",
    "Instrument",
    "Option",
    "Prompt",
    "Question",
    "Scoring",
    "Section",
    "load_bank",
    "reworded",
]
