"""The tables of the performance report, counted from the cases."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from math import floor

from onestory.analysis.cases import (
    ALL,
    NOT_RECORDED,
    OTHER,
    TABLES,
    CaseRow,
    ReportSettings,
    Selection,
    codes,
)
from onestory.analysis.periods import Period, Span
from onestory.analysis.report import Cell, Count, Made, Table
from onestory.kernel.calendar import FinancialYear, financial_years

MONTHS = {
    f"{number:02}": f"{date(2000, number, 1):%B}"
    for number in (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)
}
REST = {OTHER: "Any other", NOT_RECORDED: "Not recorded"}
ONCE = "Each case is counted once."
HALF = Fraction(1, 2)


@dataclass(frozen=True)
class Tally:
    """How many cases each table counts under each code in each financial year."""

    settings: ReportSettings
    period: Period
    counts: Mapping[str, Counter[tuple[str, int]]]

    @classmethod
    def of(cls, rows: Iterable[CaseRow], settings: ReportSettings, period: Period) -> "Tally":
        """Count the cases opened in the period, up to the day the report is made."""
        start, end = period.start, period.counted_to
        counts = {table: Counter() for table in TABLES}
        for row in rows:
            if start <= row.opened <= end:
                year = FinancialYear.of(row.opened).first
                for table in row.tables:
                    for code in codes(table, row, settings):
                        counts[table][code, year] += row.cases
        return cls(settings, period, counts)

    def number(self, table: str, code: str, span: Span) -> int:
        """Cases under a code in a year, or in the whole period."""
        years = financial_years(span.start, span.end)
        return sum(self.counts[table][code, year.first] for year in years)

    def all(self, span: Span) -> int:
        """All cases of a year, or of the whole period."""
        return self.number("total", ALL, span)

    def in_month(self, month: Span) -> int:
        year = FinancialYear.of(month.start).first
        return self.counts["month"][f"{month.start.month:02}", year]

    def labels(self, table: str, known: Mapping[str, str]) -> dict[str, str]:
        """The rows of a table: those the area lists, and those for the rest if there is any."""
        found = {code for code, _ in self.counts[table]}
        return {**known, **{code: label for code, label in REST.items() if code in found}}

    @property
    def spans(self) -> tuple[Span, ...]:
        """The years, and the whole period where it is more than one of them."""
        years = self.period.years
        return (*years, self.period.whole) if len(years) > 1 else years


def rounded(exact: Fraction) -> int:
    """To the nearest whole number; halves away from nought."""
    size = floor(abs(exact) + HALF)
    return -size if exact < 0 else size


def total(tally: Tally) -> Table:
    """All cases, in each year and in the whole period."""
    cells = [_count(tally, "total", ALL, span) for span in tally.spans]
    return Table(
        name="total",
        title="Cases opened",
        corner="Cases",
        columns=_labels(tally.spans),
        rows=("Total",),
        cells=(tuple(cells),),
        definition="Cases opened by the team.",
        source=tally.settings.source,
        method=f"{ONCE} Financial years run from 1 April to 31 March.",
    )


def mean(tally: Tally) -> Table:
    """The monthly mean, over the months that are wholly in the period and past."""
    return Table(
        name="mean",
        title="Average number of cases a month",
        corner="Cases",
        columns=_labels(tally.spans),
        rows=("Monthly mean",),
        cells=(tuple(_mean(tally, span) for span in tally.spans),),
        definition="Cases opened, divided by the number of months.",
        source=tally.settings.source,
        method="Only whole months that have ended are counted; rounded to the nearest whole number.",
    )


def change(tally: Tally) -> Table | None:
    """Each whole year against the one before; nothing where no two can be compared."""
    pairs = tuple(comparable(tally.period))
    if not pairs:
        return None
    return Table(
        name="change",
        title="Change from one year to the next",
        corner="Change",
        columns=tuple(f"{before.label} to {after.label}" for before, after in pairs),
        rows=("Cases", "Percent"),
        cells=(
            tuple(_change(tally, before, after) for before, after in pairs),
            tuple(_growth(tally, before, after) for before, after in pairs),
        ),
        definition="Cases opened in a year, less those opened in the year before.",
        source=tally.settings.source,
        method="Only whole years are compared. Percentages are of the earlier year, rounded.",
    )


def month(tally: Tally) -> Table:
    """Cases by month and financial year; no figure for months outside the period."""
    known = {(span.start.month, FinancialYear.of(span.start)): span for span in tally.period.months}
    cells = []
    for code in MONTHS:
        spans = (known.get((int(code), FinancialYear.of(y.start))) for y in tally.period.years)
        cells.append(tuple(_month(tally, code, span) if span else Cell(None) for span in spans))
    return Table(
        name="month",
        title="Cases by month",
        corner="Month",
        columns=_labels(tally.period.years),
        rows=(*MONTHS.values(), "Total"),
        cells=(*cells, _totals(tally, "month")),
        definition="Cases opened, by the month in which they were opened.",
        source=tally.settings.source,
        method=f"{ONCE} Financial years run from 1 April to 31 March.",
    )


def by_code(tally: Tally, name: str, labels: Mapping[str, str], words: str) -> Table:
    """Cases by something recorded on them: `name` is the table, `words` what it is called."""
    return Table(
        name=name,
        title=f"Cases by {words}",
        corner=words.capitalize(),
        columns=_labels(tally.period.years),
        rows=(*labels.values(), "Total"),
        cells=(
            *(
                tuple(_count(tally, name, code, year) for year in tally.period.years)
                for code in labels
            ),
            _totals(tally, name),
        ),
        definition=f"Cases opened, by the {words} recorded on the case.",
        source=tally.settings.source,
        method=f"{ONCE} The same person may have several cases.",
    )


def share(tally: Tally) -> Table:
    """The percentage of cases in each area."""
    labels = tally.labels("area", tally.settings.areas)
    return Table(
        name="share",
        title="Share of cases by area",
        corner="Area",
        columns=_labels(tally.spans),
        rows=tuple(labels.values()),
        cells=tuple(
            tuple(_percent(tally, "share", code, span, "area") for span in tally.spans)
            for code in labels
        ),
        definition="Cases of each area as a percentage of all cases opened.",
        source=tally.settings.source,
        method="Rounded to the nearest whole percent, so that a column may not add up to 100%.",
    )


def risk(tally: Tally) -> Table:
    """How many cases have the risk assessment that counts for them."""
    done, missing, everything = (
        tuple(_count(tally, "risk", code, span) for span in tally.spans)
        for code in ("done", "missing", ALL)
    )
    percent = tuple(_percent(tally, "risk", "percent", span, "risk") for span in tally.spans)
    return Table(
        name="risk",
        title="Cases with a completed risk assessment",
        corner="Risk assessment",
        columns=_labels(tally.spans),
        rows=("Completed", "Not completed", "Total", "Share completed"),
        cells=(done, missing, everything, percent),
        definition=f"Cases with a completed risk assessment: {assessments(tally.settings)}.",
        source=tally.settings.source,
        method="Shares are of all cases opened, rounded to the nearest whole percent.",
    )


def sexual(tally: Tally) -> Table:
    """Cases of sexual abuse, and their share of all."""
    return Table(
        name="sexual",
        title="Sexual abuse cases",
        corner="Sexual abuse",
        columns=_labels(tally.spans),
        rows=("Sexual abuse cases", "Share of all cases"),
        cells=(
            tuple(_count(tally, "sexual", "cases", span) for span in tally.spans),
            tuple(_percent(tally, "sexual", "percent", span, "sexual") for span in tally.spans),
        ),
        definition="Cases with sexual abuse among the kinds of abuse recorded.",
        source=tally.settings.source,
        method="Shares are of all cases opened, rounded to the nearest whole percent.",
    )


def comparable(period: Period) -> Iterator[tuple[Span, Span]]:
    """Each two years in a row that are whole and past."""
    return ((a, b) for a, b in pairwise(period.years) if a.complete and b.complete)


def assessments(settings: ReportSettings) -> str:
    """Which forms count for what: 'DASH for domestic abuse; SERICC for sexual abuse'."""
    said = []
    for form in settings.assessments.values():
        kinds = [settings.abuses.get(kind, kind).lower() for kind in form.abuse]
        said.append(f"{form.label} for {either(kinds)}" if kinds else form.label)
    return "; ".join(said)


def either(words: Sequence[str]) -> str:
    """'a', 'a or b', 'a, b or c'."""
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last


def _labels(spans: Iterable[Span]) -> tuple[str, ...]:
    return tuple(span.label for span in spans)


def _totals(tally: Tally, name: str) -> tuple[Cell, ...]:
    return tuple(_count(tally, name, ALL, year) for year in tally.period.years)


def _month(tally: Tally, code: str, month: Span) -> Cell:
    selected = Selection("month", code, month.start, month.end)
    return Cell(tally.in_month(month), key=selected.key, who=selected.who)


def _count(tally: Tally, name: str, code: str, span: Span) -> Cell:
    selected = Selection(name, code, span.start, span.end)
    return Cell(_number(tally, selected, span), key=selected.key, who=selected.who)


def _percent(tally: Tally, name: str, code: str, span: Span, counted: str) -> Cell:
    """Cases under `code` in the table `counted`, as a percentage of all cases."""
    everything = _counted(tally, span)
    if not everything.number:
        return Cell(None, "percent")
    selected = Selection(name, code, span.start, span.end)
    some = Count(tally.number(counted, code, span), selected.who)
    exact = Fraction(100 * some.number, everything.number)
    made = Made("ratio", (some, everything), times=100)
    return Cell(rounded(exact), "percent", selected.key, exact, made=made)


def _mean(tally: Tally, span: Span) -> Cell:
    months = [m for m in tally.period.months if m.complete and span.start <= m.start <= span.end]
    if not months:
        return Cell(None, "cases a month")
    selected = Selection("mean", ALL, months[0].start, months[-1].end)
    everything = Count(sum(map(tally.in_month, months)), selected.who)
    exact = Fraction(everything.number, len(months))
    made = Made("ratio", (everything, Count(len(months))))
    return Cell(rounded(exact), "cases a month", selected.key, exact, made=made)


def _change(tally: Tally, before: Span, after: Span) -> Cell:
    new, old = _counted(tally, after), _counted(tally, before)
    return Cell(new.number - old.number, "change", made=Made("difference", (new, old)))


def _growth(tally: Tally, before: Span, after: Span) -> Cell:
    new, old = _counted(tally, after), _counted(tally, before)
    if not old.number:
        return Cell(None, "change percent")
    exact = Fraction(100 * (new.number - old.number), old.number)
    return Cell(rounded(exact), "change percent", exact=exact, made=Made("growth", (new, old)))


def _counted(tally: Tally, span: Span) -> Count:
    """All cases of a year, or of the whole period."""
    return Count(tally.all(span), Selection("total", ALL, span.start, span.end).who)


def _number(tally: Tally, selected: Selection, span: Span) -> int:
    if selected.code == ALL:
        return tally.all(span)
    return tally.number(selected.table, selected.code, span)
