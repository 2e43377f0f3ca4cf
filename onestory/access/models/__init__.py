"""The envelope: what is known, who may open it and why, who is barred, and the record of all of it."""

from onestory.access.models.closed import Barring, EmergencyOpening
from onestory.access.models.consent import (
    Answer,
    Capacity,
    Consent,
    How,
    ShareWithoutConsent,
    Withdrawal,
)
from onestory.access.models.envelopes import Envelope, Grant, Kind, Protected
from onestory.access.models.record import Entry, Seal

__all__ = [
    "Answer",
    "Barring",
    "Capacity",
    "Consent",
    "EmergencyOpening",
    "Entry",
    "Envelope",
    "Grant",
    "How",
    "Kind",
    "Protected",
    "Seal",
    "ShareWithoutConsent",
    "Withdrawal",
]
