"""Choices in the words of the area pack, looked up when a form is made."""

from collections.abc import Callable

from onestory.agencies.pack import pack

Choices = list[tuple[str, str]]


def terms(vocabulary: str) -> Callable[[], Choices]:
    """The terms of a vocabulary that may be chosen today."""
    return lambda: pack().vocabulary(vocabulary).choices()


def hints(vocabulary: str) -> dict[str, str]:
    """What the pack says to help with each of its terms."""
    return {term.code: term.help for term in pack().vocabulary(vocabulary) if term.help}
