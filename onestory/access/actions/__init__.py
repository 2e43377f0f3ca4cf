"""Opening and closing envelopes, and keeping the record: each verb one transaction."""

from onestory.access.actions.barring import bar, unbar
from onestory.access.actions.emergency import (
    BREAK_GLASS,
    BREAK_GLASS_LASTS,
    break_glass,
    find_in_emergency,
    review_opening,
)
from onestory.access.actions.grants import RECORDED, end_grant, make_envelopes, share
from onestory.access.actions.sealing import seal, seal_all

__all__ = [
    "BREAK_GLASS",
    "BREAK_GLASS_LASTS",
    "RECORDED",
    "bar",
    "break_glass",
    "end_grant",
    "find_in_emergency",
    "make_envelopes",
    "review_opening",
    "seal",
    "seal_all",
    "share",
    "unbar",
]
