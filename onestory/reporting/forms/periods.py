"""The period of a report."""

from collections.abc import Iterable, Mapping
from datetime import date

from onestory.analysis.periods import in_words
from onestory.kernel import forms
from onestory.kernel.calendar import FinancialYear
from onestory.kernel.errors import Refused
from onestory.reporting.making import check_period


class PeriodForm(forms.Form):
    """From which financial year to which. An address may name other days; then they are offered."""

    def __init__(self, data: Mapping[str, str], *, years: Iterable[FinancialYear]):
        super().__init__(data)
        years = list(years)
        first = {year.start: year.label for year in years}
        last = {year.end: year.label for year in years}
        self.fields["from"] = _Day(label="From", called="the first year", days=first)
        self.fields["to"] = _Day(label="To", called="the last year", days=last)
        for name in ("from", "to"):
            self.fields[name].offer(data.get(name, ""))

    def clean(self) -> None:
        period = self.period
        if period:
            try:
                check_period(*period)
            except Refused as error:
                self.add_error("to", error.reason)

    @property
    def period(self) -> tuple[date, date] | None:
        """The two days, where both are given."""
        days = [self.cleaned_data.get(name) for name in ("from", "to")]
        return tuple(map(date.fromisoformat, days)) if all(days) else None


class _Day(forms.SelectField):
    """A day that a financial year begins or ends with."""

    def __init__(self, *, days: Mapping[date, str], **kwargs):
        super().__init__(choices=[(f"{day}", label) for day, label in days.items()], **kwargs)

    def offer(self, value: str) -> None:
        """Also offer this day, if it is one."""
        try:
            day = date.fromisoformat(value)
        except ValueError:
            return
        if f"{day}" not in dict(self.choices):
            self.choices = [(value, in_words(day)), *self.choices]
