"""Copies on request, holds, and deletion: each verb one transaction."""

from onestory.rights.actions.copies import (
    answer_request,
    choose,
    confirm_request,
    extend_request,
    log_request,
    mend_request,
    send_back_request,
)
from onestory.rights.actions.retention import (
    ERASE,
    cancel_deletion,
    confirm_deletion,
    decide_deletion,
    erase,
    find_due,
    keep_longer,
    lift_hold,
    place_hold,
)

__all__ = [
    "ERASE",
    "answer_request",
    "cancel_deletion",
    "choose",
    "confirm_deletion",
    "confirm_request",
    "decide_deletion",
    "erase",
    "extend_request",
    "find_due",
    "keep_longer",
    "lift_hold",
    "log_request",
    "mend_request",
    "place_hold",
    "send_back_request",
]
