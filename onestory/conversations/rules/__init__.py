"""When it is safe to send, decided without a database."""

from onestory.conversations.rules.sending import (
    REASONS,
    Decision,
    KnownNumber,
    KnownRules,
    may_notify,
    may_ring,
)
from onestory.conversations.rules.when import ANY_TIME, When, Window, read_when

__all__ = [
    "ANY_TIME",
    "REASONS",
    "Decision",
    "KnownNumber",
    "KnownRules",
    "When",
    "Window",
    "may_notify",
    "may_ring",
    "read_when",
]
