"""Inviting a survivor to her own pages, her coming in, and what she does there."""

from onestory.portal.actions.coming_in import (
    add_passkey,
    catch_up,
    come_in,
    confirm,
    make_codes,
    redeem,
    try_code,
    try_number,
)
from onestory.portal.actions.feedback import give_feedback
from onestory.portal.actions.inviting import (
    KINDS,
    LASTS,
    Invited,
    end_my_ways_in,
    end_ways_in,
    invite,
    revoke,
)

__all__ = [
    "KINDS",
    "LASTS",
    "Invited",
    "add_passkey",
    "catch_up",
    "come_in",
    "confirm",
    "end_my_ways_in",
    "end_ways_in",
    "give_feedback",
    "invite",
    "make_codes",
    "redeem",
    "revoke",
    "try_code",
    "try_number",
]
