"""Copies on request, corrections, holds, and deletion: each verb one transaction."""

from onestory.rights.actions.copies import (
    answer_request,
    choose,
    confirm_request,
    extend_request,
    log_request,
    mend_request,
    send_back_request,
)
from onestory.rights.actions.corrections import (
    ask_correction,
    decide_correction,
    hand_over_correction,
    see_answers,
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
    "ask_correction",
    "cancel_deletion",
    "choose",
    "confirm_deletion",
    "confirm_request",
    "decide_correction",
    "decide_deletion",
    "erase",
    "extend_request",
    "find_due",
    "hand_over_correction",
    "keep_longer",
    "lift_hold",
    "log_request",
    "mend_request",
    "place_hold",
    "see_answers",
    "send_back_request",
]
