"""A measure as its file writes it, and the result of running it."""

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from onestory.analysis.measures.language import (
    Aggregate,
    Count,
    Different,
    Mean,
    Median,
    People,
    Sum,
)
from onestory.analysis.periods import Span, in_words

PEOPLE = "people"
COUNTS = Count | People | Different
INTERVALS = ("wilson", "byar")
NOT_RECORDED = "Not recorded"
EVERYTHING = "All"
TIMES = {"month": "Month", "quarter": "Quarter", "year": "Financial year"}
AGE_BANDS = (
    (0, 12, "Under 13"),
    (13, 17, "13 to 17"),
    (18, 24, "18 to 24"),
    (25, 34, "25 to 34"),
    (35, 44, "35 to 44"),
    (45, 54, "45 to 54"),
    (55, 64, "55 to 64"),
    (65, 200, "65 and over"),
)
# The groups of every table of people: who they were at the time.
WHO = ("sex", "age_band", "locality")


class MeasureError(Exception):
    """What is wrong with a measure, or with how it was asked for, in words for whoever asked."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Measure:
    """What is counted, of what, how it is cut, and what a reader must know of it.

    `counts` is a noun in the plural that says what the numerator counts, `of` what the denominator
    counts (the same, if nothing is said). "people" means different people, any other noun means
    rows; numerator and denominator must be written so.

    Rows belong to a period by `on`, a date. With `until`, the measure counts what
    stands at the end of the period: begun by then, and not ended (`until` is missing or later).
    With `any_time` as well, what stood at some time in it: begun by its end, not ended before it.

    Where the interval is Wilson's the measure is a share: its numerator counts only among the rows
    that its denominator counts.
    """

    code: str
    title: str
    definition: str
    table: str
    on: str
    counts: str
    numerator: Aggregate
    denominator: Aggregate | None = None
    of: str = ""
    until: str | None = None
    any_time: bool = False
    groups: tuple[str, ...] = ()
    team: str | None = "team"
    area: str | None = "locality"
    interval: str | None = None
    per: int = 1
    unit: str
    source: str
    caveat: str = ""
    target: str | None = None
    lower_is_better: bool = False

    def __post_init__(self):
        for fault in self._faults():
            raise MeasureError(f"Measure {self.code}: {fault}")
        if self.denominator is not None and not self.of:
            object.__setattr__(self, "of", self.counts)

    def _faults(self):
        if self.interval not in (None, *INTERVALS):
            yield f"its interval is '{self.interval}'; it can be {' or '.join(INTERVALS)}."
        if self.any_time and self.until is None:
            yield "what stood at some time in the period needs 'until'."
        if self.interval == "wilson" and self.denominator is None:
            yield "a share needs a denominator."
        if self.interval and not isinstance(self.numerator, COUNTS):
            yield "only counts have an interval."
        if isinstance(self.numerator, Mean | Median) and self.denominator is not None:
            yield "a mean or median is not divided again."
        if isinstance(self.denominator, Mean | Median | Sum):
            yield "its denominator must be a count."
        yield from _mixed("numerator", self.numerator, self.counts)
        if self.denominator is not None:
            yield from _mixed("denominator", self.denominator, self.of or self.counts)
            if self.interval == "wilson" and (self.of or self.counts) != self.counts:
                yield f"{self.counts} are no share of {self.of}."

    @property
    def folder(self) -> str:
        """What it is about: the folder of its file."""
        return self.code.partition("-")[0]

    @property
    def cuts(self) -> tuple[str, ...]:
        """All groups by which it can be cut: its own, and every measure's months and years."""
        return (*self.groups, *TIMES)

    @property
    def is_share(self) -> bool:
        return self.interval == "wilson"

    @property
    def standing(self) -> bool:
        """Whether it counts what stands at the end of the period or in it, not what came in it."""
        return self.until is not None

    @property
    def said(self) -> str:
        """What is counted: 'people', or 'contacts for each of people'."""
        mixed = self.of not in ("", self.counts)
        return f"{self.counts} for each of {self.of}" if mixed else self.counts


def _mixed(where: str, expression: Aggregate, noun: str):
    """People and instances are never mixed."""
    if isinstance(expression, COUNTS) and isinstance(expression, People) != (noun == PEOPLE):
        found = "different people" if isinstance(expression, People) else "rows"
        yield f"its {where} counts {found}, but is said to count {noun}."


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a result: that of a group, or of all.

    `value` is exact; it is None where there can be none, and then `reason` says why. `low` and
    `high` are the interval's, in the same unit. `people` is how many different people the numerator
    is of, and `of_people` the denominator; None where the table is of nobody in particular.
    """

    group: str | None
    label: str
    numerator: Fraction | None
    denominator: int | None
    value: Fraction | None
    low: float | None = None
    high: float | None = None
    people: int | None = None
    of_people: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class Result:
    """A measure run over a period: the figure of all, and one for each group if it was cut.

    `overlaps` says that groups do not add up to all: a row or a person can be in several. `within`
    says to which rows the snapshot was narrowed first, so that its counts are not taken for others.
    """

    measure: Measure
    period: Span
    counted_to: date
    total: Figure
    by: str | None = None
    cells: tuple[Figure, ...] = ()
    area: str | None = None
    team: str | None = None
    overlaps: bool = False
    within: str = ""
    notes: tuple[str, ...] = field(default=())

    @property
    def counts(self) -> str:
        return self.measure.counts

    @property
    def complete(self) -> bool:
        """Whether the period had ended on the day that the snapshot was made."""
        return self.period.end < self.counted_to

    def share(self, figure: Figure) -> Fraction | None:
        """What part of all that was counted is in this group; None if nothing was."""
        whole = self.total.numerator
        return figure.numerator / whole if whole and figure.numerator is not None else None

    def cell(self, label: str) -> Figure:
        """The figure of the group with this label or code."""
        for figure in self.cells:
            if label in (figure.label, figure.group):
                return figure
        raise KeyError(label)


def notes_of(measure: Measure, period: Span, counted_to: date, overlaps: bool) -> tuple[str, ...]:
    """What must be said beside a result."""
    said = []
    if period.start > counted_to:
        said.append(f"The period has not begun: the snapshot ends on {in_words(counted_to)}.")
    elif period.end >= counted_to:
        said.append(f"The period has not ended: counted to {in_words(counted_to)}.")
    if overlaps:
        said.append("Groups do not add up to the total: one may be in several of them.")
    if measure.caveat:
        said.append(measure.caveat)
    return tuple(said)
