"""What an area pack says for the public pages: numbers to call, and how support can be asked for."""

from pydantic import Field

from onestory.agencies.area.vocabulary import Code, Codes, Entry, Text


class Helpline(Entry):
    """A number that somebody may call, shown on every public page."""

    code: Code
    name: Text
    phone: Text
    about: Text
    opening: str = ""
    website: str = ""
    source: str = ""
    verified: bool = True


class Harm(Entry):
    """An answer to 'What is happening?', in plain words, and what staff call it."""

    code: Code
    words: Text
    abuse: Codes = Field(min_length=1, strict=False)


class Help(Entry):
    """An answer to 'What would help most?', in plain words, and the need that it is."""

    need: Code
    words: Text


class Door(Entry):
    """A front door for some kinds of abuse, before the usual one."""

    team: Code
    abuse: Codes = Field(min_length=1, strict=False)


class Asking(Entry):
    """How support is asked for on the public pages. Without this section it is by telephone only."""

    keep_days: int = Field(default=7, gt=0, le=60)
    state_days: int = Field(default=90, gt=0, le=400)
    source_self: Code
    source_other: Code
    channel: Code
    basis_self: Code
    basis_other: Code
    harms: tuple[Harm, ...] = Field(min_length=1, strict=False)
    helps: tuple[Help, ...] = Field(min_length=1, strict=False)
    doors: tuple[Door, ...] = Field(default=(), strict=False)
