"""Codes that are told, printed or written down, and the marks of them that are kept.

A code is eight letters and figures that cannot be misread: forty random bits. What is kept is a mark
that only this system can make, so a copy of the database opens nobody's pages.
"""

import secrets

from onestory.agencies.sealed import digest
from onestory.kernel.ids import ALPHABET, LENGTH, read_reference
from onestory.portal.rules import plain_word


def new_code() -> str:
    """A code as it is written down, like K7QF-2M9X."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return f"{letters[:4]}-{letters[4:]}"


def read_code(text: str) -> str:
    """A code however it was typed; empty if it cannot be one."""
    return read_reference(text) or ""


def mark_of_invitation(code: str) -> str:
    return digest(code, "invitations to own pages")


def mark_of_word(code: str, word: str) -> str:
    """The same word has another mark with every code."""
    return digest(f"{code} {plain_word(word)}", "words agreed with invitations")


def mark_of_code(code: str) -> str:
    return digest(code, "codes of own pages")
