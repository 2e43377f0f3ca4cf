"""The judgement beside a checklist, and a result that somebody else sent."""

from collections.abc import Mapping

from onestory.agencies.pack import pack
from onestory.kernel.forms import (
    DateField,
    Form,
    RadiosField,
    SelectField,
    TextAreaField,
    TextField,
    WholeNumberField,
)


def _levels() -> dict:
    terms = pack().risk_levels
    return {"choices": terms.choices(), "hints": {term.code: term.means for term in terms}}


class JudgementForm(Form):
    """How great the worker judges the danger to be, whatever the count, and why."""

    mark_optional = False

    def __init__(self, *args, draft: Mapping[str, list[str]] | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["level"] = RadiosField(
            label="How great is the danger, as you judge it?",
            called="the level as you judge it",
            required=False,
            **_levels(),
        )
        self.fields["reason"] = TextAreaField(
            label="Why you judge it so",
            help_text="Needed where you judge it higher than the count, and where the form has no "
            "level by count. She may read it one day.",
            rows=4,
            required=False,
        )
        if draft and not self.is_bound:
            self._restore(draft)


class ResultForm(Form):
    """A result from outside: which form, who sent it, what it came to."""

    sent_by = TextField(
        label="Who sent it?",
        called="who sent it",
        help_text="Organisation, and name or number of the officer",
    )
    on = DateField(
        label="On which day was it asked?", called="the day on which it was asked", not_future=True
    )
    score = WholeNumberField(
        label="What it came to",
        help_text="The number, if they gave one",
        required=False,
        min_value=0,
        max_value=100,
    )
    reason = TextAreaField(label="What they wrote", rows=3, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        forms = [(term.code, term.name) for term in pack().risk_forms]
        first = [term.code for term in pack().risk_forms if term.outside]
        forms.sort(key=lambda form: form[0] not in first)
        self.fields = {
            "form": SelectField(label="Which form?", called="the form", choices=forms),
            **{name: self.fields[name] for name in ("sent_by", "on", "score")},
            "level": RadiosField(
                label="How great is the danger, as they judged it?",
                called="the level",
                **_levels(),
            ),
            "reason": self.fields["reason"],
        }
