"""The assumptions of a needs assessment, each of which can be changed on the page."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from django.core.exceptions import ValidationError

from onestory.analysis.needs import Input, Model, main_outputs
from onestory.analysis.needs.intervals import KINDS
from onestory.analysis.needs.layout import of_kind
from onestory.kernel import forms
from onestory.kernel.forms import GovukBoundField

OUTPUT = "output"
HOW = {"share": "A share: 0.031 is 3.1%.", "people": "Whole people.", "pounds": "In pounds."}


class AssumptionsForm(forms.Form):
    """A box for each input that the model uses, and which estimate is taken apart.

    A box that is left out, or empty, is as the source has it.
    """

    mark_optional = False

    def __init__(self, data: Mapping[str, str], *, model: Model):
        self.used = [one for one in model.inputs.values() if one.code in model.used]
        self.outputs = {code: model.step(code).label for code in main_outputs(model.code)}
        super().__init__(self._as_known() | {name: data[name] for name in data})
        for one in self.used:
            self.fields[one.code] = _Assumption(one)
        self.fields[OUTPUT] = forms.SelectField(
            label="What moves", called="which estimate", choices=list(self.outputs.items())
        )

    def _as_known(self) -> dict[str, str]:
        return {one.code: written(one.value) for one in self.used} | {
            OUTPUT: next(iter(self.outputs))
        }

    @property
    def groups(self) -> list[tuple[str, list[GovukBoundField]]]:
        """The boxes by the table that their inputs stand in."""
        found: dict[str, list] = {}
        for one in self.used:
            table = one.code.partition(".")[0].replace("-", " ").capitalize()
            found.setdefault(table, []).append(self[one.code])
        return list(found.items())

    @property
    def changes(self) -> dict[str, Fraction]:
        """What was typed and is not what the source says; nothing that could not be read."""
        given = {one.code: self.cleaned_data.get(one.code) for one in self.used}
        return {
            one.code: given[one.code]
            for one in self.used
            if given[one.code] not in (None, one.value)
        }

    @property
    def output(self) -> str:
        return self.cleaned_data.get(OUTPUT) or next(iter(self.outputs))


class _Assumption(forms.TextField):
    """A number that has to be one of its kind."""

    def __init__(self, one: Input):
        self.kind = KINDS[one.kind]
        super().__init__(
            label=one.label,
            help_text=_hint(one),
            required=False,
            inputmode="decimal",
            width="10",
            max_length=20,
        )

    def clean(self, value: Any) -> Fraction | None:
        typed = super().clean(value).replace(",", "").replace("£", "").strip()
        if not typed:
            return None
        try:
            number = Decimal(typed)
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite():
            raise ValidationError(f"{self.label}: {typed} is not a number")
        if fault := self.kind.fault(Fraction(number)):
            raise ValidationError(f"{self.label}: {fault}")
        return Fraction(number)


def written(value: Fraction | None) -> str:
    """A number as it is typed: exact, since every input was written in decimals."""
    if value is None:
        return ""
    return f"{(Decimal(value.numerator) / Decimal(value.denominator)).normalize():f}"


def _hint(one: Input) -> str:
    said = [HOW.get(one.kind, "")]
    if one.ranges:
        ends = (of_kind(end, one.kind).text for end in (one.low, one.high))
        said.append(f"From {' to '.join(ends)}.")
    said.append(f"{one.source}, {one.as_at.day} {one.as_at:%B %Y}.")
    return " ".join(filter(None, said))
