"""Saving, opening and sending a request for support; and counting how often that is tried."""

from onestory.public.actions.askings import (
    Opened,
    forget_expired,
    open_asking,
    save_asking,
    send_asking,
    throw_away,
)
from onestory.public.actions.knocking import knock

__all__ = [
    "Opened",
    "forget_expired",
    "knock",
    "open_asking",
    "save_asking",
    "send_asking",
    "throw_away",
]
