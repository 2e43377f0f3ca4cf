"""One question of a checklist as it stands on the page."""

import json
from dataclasses import dataclass
from typing import Any

from onestory.assessment.forms import SectionForm
from onestory.assessment.queries import Item, Known
from onestory.assessment.views import words as said


@dataclass(frozen=True)
class Question:
    """`block`: its fields and what is known. `number`: its place among what counts, if it counts.
    `here`: it was answered or confirmed in this sitting. `like`: what is known of something like it.
    """

    block: said.Block
    number: int | None
    here: bool
    like: list[tuple[str, str, str]]
    condition: str

    @property
    def is_asked(self) -> bool:
        return self.block.item.is_field

    @property
    def is_old(self) -> bool:
        return self.block.item.state == "again"


def question(
    item: Item, form: SectionForm, opened: Any, numbers: dict[str, int], places: dict[str, int]
) -> Question:
    """With the number that the form has for it."""
    code = item.question.code
    number, known = numbers.get(code), opened.picture.known
    block = said.block(item, places[code], form)
    if block.field is not None and number:
        block.field.field.label = block.field.label = f"{number}. {item.question.text}"
    here = bool(item.known and item.known.sitting_id == opened.sitting.pk)
    like = [] if item.known else [_like(known[c]) for c in item.question.like if c in known]
    condition = json.dumps(item.condition) if item.condition else ""
    return Question(block, number, here, like, condition)


def _like(known: Known) -> tuple[str, str, str]:
    return known.text, known.in_words, said.said(known)
