"""What is asked of a measure: from when to when, where, and how it is cut."""

from collections.abc import Mapping
from datetime import date

from onestory.agencies.actor import Actor
from onestory.agencies.pack import pack
from onestory.analysis.measures import Measure
from onestory.analysis.measures.wording import group_title
from onestory.kernel import forms
from onestory.kernel.calendar import FinancialYear, financial_years
from onestory.kernel.errors import Refused
from onestory.reporting.making import EARLIEST, MOST_YEARS
from onestory.reporting.measuring import Asked, in_full, must_be_safe

USUAL_YEARS = 5
EVERYWHERE, EVERYBODY = "Everywhere", "All teams"


class MeasureForm(forms.Form):
    """A question to a measure. Bound to what the address says, and where it says nothing to what is usual."""

    start = forms.DateField(label="From", called="the first day", earliest=EARLIEST)
    end = forms.DateField(label="To", called="the last day", earliest=EARLIEST)
    by = forms.SelectField(label="Cut by", called="how to cut it")
    area = forms.SelectField(label="Area", required=False, empty_label=EVERYWHERE)
    team = forms.SelectField(label="Team", required=False, empty_label=EVERYBODY)

    mark_optional = False

    def __init__(self, data: Mapping[str, str], *, measure: Measure, by: Actor, counted_to: date):
        self.measure, self.reader, self.counted_to = measure, by, counted_to
        asked = {name: data[name] for name in data}
        super().__init__(usual(by, measure, counted_to) | asked)
        known = pack()
        self.fields["by"].choices = [(cut, group_title(cut)) for cut in measure.cuts]
        self._offer("area", measure.area, [(one.code, one.name) for one in known.localities])
        self._offer("team", measure.team, [(code, one.name) for code, one in known.teams.items()])

    def _offer(self, name: str, column: str | None, choices: list[tuple[str, str]]) -> None:
        """A choice only where the measure knows it."""
        if column:
            self.fields[name].choices = [("", self.fields[name].widget.empty_label), *choices]
        else:
            del self.fields[name]

    def clean(self) -> None:
        """Days in their order, not too many; and nothing from which people could be found."""
        start, end = self.cleaned_data.get("start"), self.cleaned_data.get("end")
        if not (start and end):
            return
        if end < start:
            self.add_error("end", "The last day must not be before the first")
        elif start > self.counted_to:
            self.add_error("start", "The first day must not be after the snapshot was made")
        elif len(financial_years(start, end)) > MOST_YEARS:
            self.add_error("end", f"A measure compares at most {MOST_YEARS} financial years")
        elif not self.errors and not self.sees_all:
            try:
                must_be_safe(self.asked, self.counted_to)
            except Refused as refused:
                self.add_error("end" if "years" in refused.reason else "by", refused.reason)

    @property
    def asked(self) -> Asked:
        said = self.cleaned_data
        return Asked(
            self.measure.code,
            said["start"],
            said["end"],
            said["by"],
            said.get("area") or "",
            said.get("team") or "",
        )

    @property
    def sees_all(self) -> bool:
        """Whether the reader may see the records that are counted."""
        return in_full(self.reader, self.asked)


def usual(by: Actor, measure: Measure, counted_to: date) -> dict[str, str]:
    """The last whole financial years, of a team that the reader manages if there is one."""
    last = FinancialYear.of(counted_to).first - 1
    first = FinancialYear(last - USUAL_YEARS + 1).start
    own = next((hat.team for hat in by.hats if _managed(by, measure, hat.team, first)), "")
    return {
        **_day("start", first),
        **_day("end", FinancialYear(last).end),
        "by": "year",
        "team": own,
    }


def _managed(by: Actor, measure: Measure, team: str, day: date) -> bool:
    return in_full(by, Asked(measure.code, day, day, "year", team=team))


def _day(name: str, day: date) -> dict[str, str]:
    return {
        f"{name}-day": f"{day.day}",
        f"{name}-month": f"{day.month}",
        f"{name}-year": f"{day.year}",
    }
