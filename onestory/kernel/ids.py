"""Ids that sort by time and cannot be guessed, and references that can be read over the telephone."""

import uuid

from uuid_utils import compat

# Crockford's alphabet: no I, L, O or U, which are misheard, misread or spell things.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, "\N{EN DASH}": None})
LENGTH = 8
BITS = 5


def new_id() -> uuid.UUID:
    """A UUID of version 7: rows made one after the other lie side by side in the index."""
    return compat.uuid7()


def reference(identifier: uuid.UUID) -> str:
    """The short reference of `identifier`, like K7QF-2M9X.

    It is made of the last 40 bits, which are random, so that it tells nothing about when the thing
    was made. Two ids may share a reference (about one chance in forty that this has happened
    anywhere among 250,000): the column that keeps it must be unique, and its writer try a new id.
    """
    bits = identifier.int
    letters = [ALPHABET[bits >> BITS * place & 31] for place in reversed(range(LENGTH))]
    return "".join(letters[:4]) + "-" + "".join(letters[4:])


def read_reference(text: str) -> str | None:
    """The reference somebody typed or was told, as `reference` writes it; None if it is not one.

    Small letters, blanks, a missing dash, O for 0 and I or L for 1 are all forgiven.
    """
    letters = "".join(text.split()).upper().translate(MISREAD)
    if len(letters) != LENGTH or not set(letters) <= set(ALPHABET):
        return None
    return f"{letters[:4]}-{letters[4:]}"
