"""What an area pack says to somebody who has just been told, and is not sure what to do."""

from typing import Literal

from pydantic import Field

from onestory.agencies.area.vocabulary import Code, Entry, Text

Age = Literal["under-13", "13-15", "16-17", "adult"]
# What else matters. `competent`: a child of 13 to 15 who understands what the choice means.
Situation = Literal[
    "danger", "recent", "trusted", "competent", "not-competent", "no-capacity", "children"
]
Part = Literal["now", "say", "not-say", "must", "need-not", "tell", "not-tell"]


class GuideLine(Entry):
    """A line of the guide, for these ages, where all of these situations hold and none of those."""

    code: Code
    part: Part
    text: Text
    ages: tuple[Age, ...] = Field(default=(), strict=False)
    when: tuple[Situation, ...] = Field(default=(), strict=False)
    unless: tuple[Situation, ...] = Field(default=(), strict=False)
    source: Text
    verified: bool = True
