"""A manager's figures: what her team did this year, against last year and what is aimed for."""

import json
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

from onestory.agencies.pack import pack
from onestory.analysis import measures, snapshots
from onestory.analysis.frozen import exactly, plainly
from onestory.analysis.measures import Figure, Measure
from onestory.analysis.measures.wording import number
from onestory.analysis.periods import Span, in_words
from onestory.kernel.calendar import FinancialYear
from onestory.reporting import kept

KEPT = 64
# Where an area's pack names none.
USUAL = (
    "contacts-received",
    "contacts-in-time",
    "referrals-answered-in-time",
    "cases-opened",
    "cases-open",
    "cases-days-waited",
)
Figures = tuple[tuple[Figure, Figure, tuple[Figure, ...]], ...]
"""Of each measure: this year, the same days last year, and each of the twelve months."""
REACHED, MISSED, UNSURE = "On target", "Off target", "Too few to tell"
BAR, GAP, TALL = 14, 4, 40


@dataclass(frozen=True)
class Key:
    """One figure of a team: this year so far, the same days last year, and the last twelve months."""

    measure: Measure
    now: Figure
    before: Figure
    months: tuple[Figure, ...]
    aim: Fraction | None

    @property
    def value(self) -> str:
        return number(self.measure, self.now.value)

    @property
    def unit(self) -> str:
        """The word behind the value; a percentage bears its sign."""
        return "" if self.now.value is None or self.measure.unit == "percent" else self.measure.unit

    @property
    def interval(self) -> str:
        """'95% interval 40.1% to 51.0%', where it is a rate that has one."""
        if self.measure.denominator is None or None in (self.now.low, self.now.high):
            return ""
        ends = (number(self.measure, Fraction(end)) for end in (self.now.low, self.now.high))
        return f"95% interval {' to '.join(ends)}"

    @property
    def of(self) -> str:
        """'31 of 36 contacts', for a share."""
        if not (self.measure.is_share and self.now.denominator):
            return ""
        return f"{int(self.now.numerator):,} of {self.now.denominator:,} {self.measure.of}"

    @property
    def last_year(self) -> str:
        return number(self.measure, self.before.value)

    @property
    def target(self) -> str:
        return "" if self.aim is None else number(self.measure, self.aim)

    @property
    def state(self) -> str:
        """Whether the target is reached; too few to tell where it lies in the interval."""
        if self.aim is None or self.now.value is None:
            return ""
        low, high = self.now.low, self.now.high
        if None not in (low, high) and low < self.aim < high:
            return UNSURE
        lower = self.measure.lower_is_better
        good = self.now.value <= self.aim if lower else self.now.value >= self.aim
        return REACHED if good else MISSED

    @property
    def colour(self) -> str:
        return {REACHED: "green", MISSED: "red"}.get(self.state, "grey")

    @property
    def drawing(self) -> str:
        """A bar for each of the twelve months, the last darkest; all figures are in the table.

        Nothing where there is nothing to show.
        """
        if not any(one.value for one in self.months):
            return ""
        most = max(one.value or 0 for one in self.months)
        drawn = []
        for place, one in enumerate(self.months):
            height = max(float((one.value or 0) * TALL / most), 1)
            shade = "#12436d" if place == len(self.months) - 1 else "#6f8fae"
            drawn.append(
                f'<rect x="{place * (BAR + GAP)}" y="{TALL - height:.1f}" width="{BAR}"'
                f' height="{height:.1f}" fill="{shade}"/>'
            )
        width = len(self.months) * (BAR + GAP) - GAP
        size = f'viewBox="0 0 {width} {TALL}" width="{width}" height="{TALL}"'
        return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join(drawn)}</svg>'

    @property
    def alt(self) -> str:
        """What the drawing shows."""
        if not self.months:
            return "No months yet."
        first, last = self.months[0], self.months[-1]
        said = [f"{number(self.measure, one.value)} in {one.label}" for one in (first, last)]
        return f"{self.measure.title} by month: {', '.join(said)}."


@dataclass(frozen=True)
class Days:
    """Which days are counted: this financial year up to the snapshot, and the same of last year."""

    now: Span
    before: Span
    months: Span

    @property
    def words(self) -> str:
        return (
            f"{in_words(self.now.start)} to {in_words(self.now.end)}, beside the same days a year"
            " before"
        )


def days(counted_to: date) -> Days:
    """The days of a snapshot."""
    year = FinancialYear.of(counted_to)
    before = FinancialYear(year.first - 1)
    # 29 February has no like in other years.
    same = date(counted_to.year - 1, counted_to.month, min(counted_to.day, _last(counted_to)))
    begin = date(counted_to.year - 1, counted_to.month, 1)
    first = date(begin.year + begin.month // 12, begin.month % 12 + 1, 1)
    return Days(
        Span(year.label, year.start, counted_to, False),
        Span(before.label, before.start, same, True),
        Span("Twelve months", first, counted_to, False),
    )


def _last(day: date) -> int:
    return 28 if day.month == 2 else 31


def codes(team: str) -> tuple[str, ...]:
    """The measures that a team's manager sees first."""
    found = pack().dashboard(team)
    return found.measures if found else USUAL


@lru_cache(maxsize=KEPT)
def keys(path: Path, team: str, of: tuple[str, ...]) -> tuple[Key, ...]:
    """The figures of a team in a snapshot, which never changes: so they are counted once."""
    snapshot = snapshots.open(path)
    shown = [measures.find(code) for code in of]
    spans = days(snapshot.counted_to)

    def count() -> Figures:
        now, before, months = (
            measures.run_all(shown, snapshot, span, team=team, by=by)
            for span, by in ((spans.now, None), (spans.before, None), (spans.months, "month"))
        )
        found = zip(now, before, months, strict=True)
        return tuple((one.total, other.total, by_month.cells) for one, other, by_month in found)

    asked = ("dashboard", team, of, spans)
    found = kept.answered(
        path,
        asked,
        count,
        lambda made: kept.to_json(plainly(made)),
        lambda text: exactly(json.loads(text)),
    )
    return tuple(
        Key(one, *figures, _aim(one, snapshot.counted_to))
        for one, figures in zip(shown, found, strict=True)
    )


def _aim(measure: Measure, on: date) -> Fraction | None:
    found = pack().target(measure.target, on)
    return None if found is None else Fraction(found.value)
