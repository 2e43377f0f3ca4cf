"""A section of an instrument as a form: each question as its kind is asked."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from onestory.assessment.actions import Given
from onestory.assessment.definitions import NOT_SAID, Question
from onestory.assessment.models import Asking
from onestory.assessment.queries import Item
from onestory.assessment.rules import conditions, values
from onestory.kernel import forms

LEFT = "Asked, and left for now"
HOLDS = (("yes", "Still so"), ("changed", "It has changed"))
STILL, CHANGED = "yes", "changed"


def name(code: str) -> str:
    """The name of a question's field: codes have a full stop, which names of fields had better not."""
    return code.replace(".", "__")


class SectionForm(forms.Form):
    """The questions of one section. Nothing has to be answered; what is, is checked."""

    mark_optional = False

    def __init__(
        self,
        items: Iterable[Item],
        data=None,
        before: Mapping[str, Any] | None = None,
        *,
        may_leave: bool = True,
    ):
        """`before`: the answers that conditions read and that are not on this page. `may_leave`: to
        have asked a question is worth writing down though she did not answer it.
        """
        self.before = before or {}
        self.items = [item for item in items if item.may_write]
        super().__init__(data, initial=dict(_initial(self.items)))
        for item in self.items:
            key, question = name(item.question.code), item.question
            if not item.is_field:
                self.fields[f"{key}-holds"] = _holds(question)
            self.fields[key] = field_of(question)
            if question.note:
                self.fields[f"{key}-note"] = forms.TextAreaField(
                    label=question.note, required=False, max_length=None, rows=2
                )
            if may_leave and item.state == "new" and not item.left:
                box = forms.CheckboxField(label=LEFT, required=False)
                box.widget.attrs["aria-describedby"] = f"{key}-asks"
                self.fields[f"{key}-left"] = box

    def given(self, seen: Mapping[str, UUID]) -> list[Given]:
        """What was said, question by question, as far as it can be an answer.

        What cannot be is an error of its field, and what is no longer asked is passed over.
        """
        self.is_valid()
        found = [(item, self._given(item, seen)) for item in self.items]
        asked = set(self._asked())
        return [given for item, given in found if given and item.question.code in asked]

    def _given(self, item: Item, seen: Mapping[str, UUID]) -> Given | None:
        code, key = item.question.code, name(item.question.code)
        if not item.is_field:
            holds = self.cleaned_data.get(f"{key}-holds")
            if holds == STILL:
                self._forgive(key)
                if item.known.answer_id is None:
                    # On record, and now she says so herself.
                    return Given(code, item.known.value)
                return Given(code, seen=seen.get(code), outcome=Asking.Outcome.CONFIRMED)
            if holds != CHANGED:
                self._forgive(key)
                return None
        if key in self.errors:
            return None
        typed = value_of(item.question, self.cleaned_data.get(key))
        if typed is None:
            left = self.cleaned_data.get(f"{key}-left")
            return Given(code, outcome=Asking.Outcome.LEFT) if left else None
        note = self.cleaned_data.get(f"{key}-note") or ""
        try:
            value, note = values.clean(item.question, typed), values.note(note)
        except values.NoAnswer as no:
            self.add_error(key, str(no))
            return None
        return Given(code, value, note, seen.get(code))

    def _forgive(self, key: str) -> None:
        """What is not asked for is not judged."""
        self.errors.pop(key, None)

    def _asked(self) -> list[str]:
        """Which of the questions are asked, by what is on the page and what stood before it."""
        answers = {}
        for item in self.items:
            typed = value_of(item.question, self.cleaned_data.get(name(item.question.code)))
            if typed is not None and (item.is_field or self._changed(item)):
                answers[item.question.code] = typed
            elif item.known and (not item.is_field or item.state == "here"):
                answers[item.question.code] = item.known.value
        here = {item.question.code for item in self.items}
        return conditions.asked(
            [(item.question.code, item.condition) for item in self.items],
            {**{k: v for k, v in self.before.items() if k not in here}, **answers},
        )

    def _changed(self, item: Item) -> bool:
        return self.cleaned_data.get(f"{name(item.question.code)}-holds") == CHANGED


def field_of(question: Question):
    """The field that asks a question."""
    options = {"label": question.text, "help_text": _help(question), "required": False}
    match question.kind:
        case "text":
            return forms.TextAreaField(**options, max_length=None, rows=3)
        case "number":
            return forms.WholeNumberField(
                **options, called="the answer", min_value=question.low, max_value=question.high
            )
        case "date":
            return forms.DateField(**options, called="the day", past=question.past)
    choices, hints = _choices(question)
    if question.kind == "choices":
        return forms.CheckboxesField(
            **options, choices=choices, hints=hints, none=NOT_SAID, small=True
        )
    beside = question.kind in ("scale", "yes-no-unknown")
    return forms.RadiosField(
        **options,
        choices=choices,
        hints=hints,
        divider_before=None if beside else NOT_SAID,
        inline=beside,
        small=True,
    )


def value_of(question: Question, cleaned: Any) -> Any:
    """What a field gave, as the question is answered; None if nothing."""
    if cleaned in (None, "", []):
        return None
    if question.kind == "scale":
        return cleaned if cleaned == NOT_SAID else int(cleaned)
    if question.kind == "date":
        return cleaned.isoformat()
    return cleaned


def read_seen(text: str) -> dict[str, UUID]:
    """The answers that stood on a page, by question; nothing, if they cannot be read."""
    try:
        found = json.loads(text)
        return {str(code): UUID(key) for code, key in found.items()}
    except (ValueError, AttributeError, TypeError):
        return {}


def _initial(items: Iterable[Item]) -> Iterable[tuple[str, Any]]:
    """What was answered in this sitting stands in its field."""
    for item in items:
        if item.state == "here":
            day = item.question.kind == "date"
            value = date.fromisoformat(item.known.value) if day else item.known.value
            yield name(item.question.code), value
            yield f"{name(item.question.code)}-note", item.known.note


def _holds(question: Question) -> forms.RadiosField:
    return forms.RadiosField(
        label="Does this still hold?",
        called=f"whether it still holds: {question.text}",
        choices=HOLDS,
        required=False,
        inline=True,
        small=True,
    )


def _help(question: Question) -> str:
    """What helps to ask it; of a scale, what its ends mean."""
    if question.kind != "scale":
        return question.help
    low, high = (f"‘{values.within(m)}’" for m in (question.low_means, question.high_means))
    return f"From {question.low}, {low}, to {question.high}, {high}. {question.help}".strip()


def _choices(question: Question) -> tuple[list[tuple[str, str]], dict[str, str]]:
    offered = [option for option in question.choices if option.ended is None]
    named = [(option.code, option.name) for option in offered]
    if question.kind == "scale":
        steps = map(str, range(question.low, question.high + 1))
        named = [*((step, step) for step in steps), *named]
    return named, {option.code: option.help for option in offered if option.help}
