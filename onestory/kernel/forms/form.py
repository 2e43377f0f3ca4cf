"""The form that every page uses."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property

from onestory.kernel.errors import Refused


class Form(forms.Form):
    """A Django form with conditional questions and drafts.

    A field that another one reveals (`RadiosField(reveals={"yes": "phone"})`) is only asked
    about when that answer is given; otherwise it is cleaned to its empty value, whatever an
    earlier visit to the page left in it.

    `draft` is what a person had typed before: a `QueryDict`, or the dict of lists that
    `dict(request.POST.lists())` gives. It is shown as it was, and not yet judged.
    """

    use_required_attribute = False
    mark_optional = True

    def __init__(
        self, *args: Any, draft: Mapping[str, list[str]] | None = None, **kwargs: Any
    ) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        if draft and not self.is_bound:
            self._restore(draft)

    def _restore(self, draft: Mapping[str, list[str]]) -> None:
        typed = draft if isinstance(draft, MultiValueDict) else MultiValueDict(draft)
        for name, field in self.fields.items():
            key = self.add_prefix(name)
            if not field.widget.value_omitted_from_data(typed, {}, key):
                self.initial[name] = field.widget.value_from_datadict(typed, {}, key)

    @cached_property
    def revealed(self) -> dict[str, tuple[str, Any]]:
        """For each field that waits for an answer: the field and the answer."""
        return {
            child: (name, value)
            for name, field in self.fields.items()
            for value, child in (getattr(field, "reveals", None) or {}).items()
        }

    def refuse(self, refused: Refused) -> None:
        """Say why an action refused: beside the field that it is about, or at the top of the page."""
        self.add_error(refused.about if refused.about in self.fields else None, refused.reason)

    def _is_asked(self, name: str) -> bool:
        if name not in self.revealed:
            return True
        parent, wanted = self.revealed[name]
        answer = self[parent].data
        answers = answer if isinstance(answer, list) else [answer]
        return self._is_asked(parent) and str(wanted) in answers

    def _clean_fields(self) -> None:
        super()._clean_fields()
        for name, field in self.fields.items():
            if not self._is_asked(name):
                self._errors.pop(name, None)
                self.cleaned_data[name] = field.to_python(None)
