"""Opening and closing envelopes, and keeping the record: each verb one transaction."""

from onestory.access.actions.barring import bar, unbar
from onestory.access.actions.consent import (
    end_share,
    record_consent,
    share_without_consent,
    tell_of_share,
    withdraw_consent,
)
from onestory.access.actions.emergency import (
    BREAK_GLASS,
    BREAK_GLASS_LASTS,
    break_glass,
    find_in_emergency,
    review_opening,
)
from onestory.access.actions.grants import RECORDED, end_grant, make_envelopes, share
from onestory.access.actions.noted import withdraw_noted
from onestory.access.actions.sealing import seal, seal_all
from onestory.access.actions.watching import (
    LATEST_SEALS,
    check_seals,
    look_up_known,
    look_up_person,
    look_up_staff,
)

__all__ = [
    "BREAK_GLASS",
    "BREAK_GLASS_LASTS",
    "LATEST_SEALS",
    "RECORDED",
    "bar",
    "break_glass",
    "check_seals",
    "end_grant",
    "end_share",
    "find_in_emergency",
    "look_up_known",
    "look_up_person",
    "look_up_staff",
    "make_envelopes",
    "record_consent",
    "review_opening",
    "seal",
    "seal_all",
    "share",
    "share_without_consent",
    "tell_of_share",
    "unbar",
    "withdraw_consent",
    "withdraw_noted",
]
