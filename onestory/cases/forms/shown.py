"""Answers to a form as rows of a page: in words, and only those that were given."""

from collections.abc import Collection, Iterable

from django.core.exceptions import ValidationError
from django.forms import BooleanField, Form, MultipleChoiceField
from django.utils.html import format_html_join

from onestory.kernel.components import Row
from onestory.kernel.forms.dates import Parts, in_words


def rows(form: Form, change: str = "", leave_out: Collection[str] = ()) -> list[Row]:
    """Each answered question, as it was typed, but for those that are left out."""
    found = []
    for field in form.visible_fields():
        words = "" if field.name in leave_out else _in_words(field)
        if words:
            found.append(Row(str(field.label), words, change))
    return found


def _in_words(field) -> str:
    value = field.value()
    if isinstance(value, Parts):
        return _day(field, value)
    choices = dict(getattr(field.field, "choices", ()))
    if isinstance(field.field, MultipleChoiceField):
        return _lines(str(choices.get(each, each)) for each in value or ())
    if isinstance(field.field, BooleanField):
        return "Yes" if value in (True, "on", "True", "true") else ""
    return str(choices.get(value, value or ""))


def _day(field, typed: Parts) -> str:
    """The day in words; as it was typed, while it is none."""
    try:
        day = field.field.to_python(typed)
    except ValidationError:
        return " ".join(filter(None, typed))
    return in_words(day) if day else ""


def _lines(words: Iterable[str]) -> str:
    return format_html_join("", "{}<br>", ((word,) for word in words))
