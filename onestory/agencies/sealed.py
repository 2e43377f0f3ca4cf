"""Words that only this system can read: what lies in the database for a while and is nobody's row.

The key comes from the one secret, which lies outside the database: a copy of the database tells
nothing of what is sealed in it.
"""

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken

from onestory import database


def seal(text: str, purpose: str) -> str:
    """`text`, unreadable and unalterable; only `unseal` for the same purpose opens it."""
    return _key(purpose).encrypt(text.encode()).decode()


def unseal(sealed: str, purpose: str) -> str | None:
    """What was sealed; None if it was altered, or sealed for another purpose or system."""
    try:
        return _key(purpose).decrypt(sealed.encode()).decode()
    except InvalidToken:
        return None


def digest(text: str, purpose: str) -> str:
    """A mark of `text` that only this system can make: the same words, the same mark."""
    key = bytes.fromhex(database.secret(f"digest of {purpose}"))
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def _key(purpose: str) -> Fernet:
    secret = bytes.fromhex(database.secret(f"seal for {purpose}"))
    return Fernet(base64.urlsafe_b64encode(secret))
