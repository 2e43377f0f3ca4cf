"""Carries a notice out of OneStory. Which class does it is the setting ONESTORY_SENDER.

A class of your own needs one method, as `Sender` has it. It is given a number and words that name
nobody; it must write neither anywhere else, and raise `NotSent` if it could not hand them over.
"""

import sys
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from onestory import database


class NotSent(Exception):
    """The notice could not be handed over."""


class Sender(Protocol):
    def send(self, number: str, words: str) -> None:
        """Hand `words` over for `number`. Raises `NotSent`."""


class ConsoleSender:
    """Writes that a notice would go out, without the number: a console is read by others."""

    def send(self, number: str, words: str) -> None:
        sys.stderr.write(f"Notice: {words}\n")


class FileSender:
    """Adds a line to `notices.txt` in ONESTORY_HOME, for a trial or for another program to carry."""

    def send(self, number: str, words: str) -> None:
        try:
            with (database.home() / "notices.txt").open("a", encoding="utf-8") as file:
                file.write(f"{number}\t{words}\n")
        except OSError as error:
            raise NotSent from error


def sender() -> Sender:
    """The one that is set."""
    return import_string(settings.SENDER)()
