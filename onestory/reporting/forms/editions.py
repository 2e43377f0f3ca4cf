"""The forms of an edition: words, numbers entered by hand, its next version, its withdrawal."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from onestory.agencies.area.publishing import EditionVersion
from onestory.analysis.compiled import EntryTable
from onestory.analysis.periods import Span
from onestory.kernel import forms
from onestory.reporting.actions.editions import LONGEST


class SpanForm(forms.Form):
    """One period of a compiled report: a year or a quarter that is over."""

    def __init__(self, *args: Any, spans: Iterable[Span], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.spans = {span.label: span for span in spans}
        choices = [(label, label) for label in self.spans]
        self.fields["span"] = forms.SelectField(
            label="Period", called="the period", choices=choices
        )

    @property
    def period(self) -> tuple[date, date]:
        """Its first and last day."""
        span = self.spans[self.cleaned_data["span"]]
        return span.start, span.end


class PassageForm(forms.Form):
    """What its authors write in one section."""

    mark_optional = False
    words = forms.TextAreaField(
        label="Your words for this section", required=False, rows=14, max_length=LONGEST
    )


class NumbersForm(forms.Form):
    """A box for each place of a table, and where all of them are from."""

    mark_optional = False

    def __init__(self, *args: Any, table: EntryTable, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.table = table
        for place, label in table.places.items():
            self.fields[place] = _Number(table, place, label)
        self.fields["source"] = forms.TextField(
            label="Where these numbers are from",
            called="where these numbers are from",
            help_text="The document or the person, and of which day. It is printed with the table.",
            required=False,
            max_length=400,
        )

    def clean(self) -> None:
        given = any(self.cleaned_data.get(place) for place in self.table.places)
        if given and not self.cleaned_data.get("source"):
            self.add_error("source", "Say where these numbers are from.")

    @property
    def numbers(self) -> dict[str, str]:
        return {place: self.cleaned_data[place] for place in self.table.places}


class _Number(forms.TextField):
    """A number of a table, kept as it is typed."""

    def __init__(self, table: EntryTable, place: str, label: str):
        self.table, self.place = table, place
        super().__init__(
            label=label, required=False, inputmode="decimal", width="10", max_length=20
        )

    def clean(self, value: Any) -> str:
        typed = super().clean(value).strip()
        try:
            self.table.numbers({self.place: typed})
        except ValueError as error:
            # The page says which table this is.
            said = str(error).removeprefix(f"{self.table.title}: ")
            raise ValidationError(said) from error
        return typed


class MoveForm(forms.Form):
    """To which version an edition goes, and why if that is back."""

    reason = forms.TextAreaField(
        label="Why", help_text="If it goes back to an earlier version.", required=False, rows=3
    )

    def __init__(self, *args: Any, versions: Iterable[EditionVersion], now: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        others = [one for one in versions if one.code != now]
        hints: Mapping[str, str] = {one.code: f"For {one.for_}" for one in others}
        self.fields["version"] = forms.RadiosField(
            label="Move it to",
            called="the version",
            choices=[(one.code, one.name) for one in others],
            hints=hints,
        )
        self.order_fields(["version", "reason"])


class WithdrawForm(forms.Form):
    why = forms.TextAreaField(
        label="Why it is withdrawn",
        help_text="Whoever looks for the edition reads it: name nobody.",
        rows=3,
        max_length=1000,
    )
