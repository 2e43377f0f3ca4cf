"""What is written about people. Each verb is one transaction and one entry in the record.

All raise `Http404` for what is absent or not open to the actor, and `Refused` (or `Stale`) where
the rules say no.
"""

from onestory.people.actions.addresses import add_address, end_address
from onestory.people.actions.asking import answer_request, ask
from onestory.people.actions.envelopes import Held, hold
from onestory.people.actions.identity import (
    SURVIVOR_KINDS,
    Facts,
    add_and_hold,
    add_person,
    change_identity,
)
from onestory.people.actions.joining import join, settle_notice, undo_join
from onestory.people.actions.reaching import add_phone, end_phone, set_safe_contact
from onestory.people.actions.relationships import end_relationship, relate
from onestory.people.actions.search_keys import add_reference

__all__ = [
    "SURVIVOR_KINDS",
    "Facts",
    "Held",
    "add_address",
    "add_and_hold",
    "add_person",
    "add_phone",
    "add_reference",
    "answer_request",
    "ask",
    "change_identity",
    "end_address",
    "end_phone",
    "end_relationship",
    "hold",
    "join",
    "relate",
    "set_safe_contact",
    "settle_notice",
    "undo_join",
]
