"""The period of a report, cut into financial years and months, each with the name it is printed by."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from onestory.kernel.calendar import FinancialYear, financial_years, months

WHOLE_PERIOD = "Whole period"
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """Some days of the period, and whether they are all there and all past."""

    label: str
    start: date
    end: date
    complete: bool


@dataclass(frozen=True)
class Period:
    """From a day to a day, both counted, seen on the day the report is made."""

    start: date
    end: date
    today: date

    def __post_init__(self):
        if self.end < self.start:
            raise ValueError("A period cannot end before it starts.")

    @property
    def label(self) -> str:
        return f"{in_words(self.start)} to {in_words(self.end)}"

    @property
    def ended(self) -> bool:
        return self.end < self.today

    @property
    def counted_to(self) -> date:
        """The last day of which anything can be known."""
        return min(self.end, self.today)

    @cached_property
    def years(self) -> tuple[Span, ...]:
        """Its financial years, the first and last cut to the period."""
        return tuple(
            self._span(self._year_label(year), year.start, year.end)
            for year in financial_years(self.start, self.end)
        )

    @cached_property
    def whole(self) -> Span:
        return self._span(WHOLE_PERIOD, self.start, self.end)

    @cached_property
    def months(self) -> tuple[Span, ...]:
        """Its months up to the day the report is made, the first and last cut to the period."""
        return tuple(
            self._span(f"{first:%B %Y}", first, _end_of_month(first))
            for first in months(self.start, self.counted_to)
        )

    def _span(self, label: str, start: date, end: date) -> Span:
        complete = self.start <= start and end <= self.end and end < self.today
        return Span(label, max(start, self.start), min(end, self.end), complete)

    def _year_label(self, year: FinancialYear) -> str:
        """'2015/16', and in brackets what part of it, if not all, is in the period and past."""
        late, early = self.start > year.start, self.end < year.end
        said = []
        if late and early:
            said.append(f"{in_words(self.start)} to {in_words(self.end)}")
        elif late:
            said.append(f"from {in_words(self.start)}")
        elif early:
            said.append(f"to {in_words(self.end)}")
        if min(year.end, self.end) >= self.today:
            said.append("so far")
        return f"{year.label} ({', '.join(said)})" if said else year.label


def in_words(day: date) -> str:
    """'1 April 2015'."""
    return f"{day.day} {day:%B %Y}"


def _end_of_month(first: date) -> date:
    return (first + 31 * ONE_DAY).replace(day=1) - ONE_DAY
