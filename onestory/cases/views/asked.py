"""What a browser sends, read without trusting it."""

from uuid import UUID

from django.http import Http404


def number(text: str) -> int:
    """A version; what is no number fits none."""
    return int(text) if text.isascii() and text.isdecimal() else -1


def uuid(text: str) -> UUID:
    """An id; what is none names nothing."""
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
