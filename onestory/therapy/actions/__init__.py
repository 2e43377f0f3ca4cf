"""Writing therapy notes, and dealing with whoever asks for them."""

from onestory.therapy.actions.notes import discard_draft, save_draft, set_proceedings, write_note
from onestory.therapy.actions.requests import (
    agree_notes_request,
    answer_notes_request,
    decide_notes_request,
    log_notes_request,
    tell_of_notes_request,
)

__all__ = [
    "agree_notes_request",
    "answer_notes_request",
    "decide_notes_request",
    "discard_draft",
    "log_notes_request",
    "save_draft",
    "set_proceedings",
    "tell_of_notes_request",
    "write_note",
]
