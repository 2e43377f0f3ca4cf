"""Twelve months up to the end of each of a report's periods: quarters, a rate, the staff they need.

A quarter that is missing is that of the quarter before, and of two in a row nothing is made: the
rule of `analysis.marac`. The quarters stand in a table with their sum, so that a reader sees what
was put in, and `disclosure` what follows from it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cached_property

from onestory.analysis.compiled.definition import Definition, Part, Rate, RatePopulation
from onestory.analysis.compiled.running import Running
from onestory.analysis.compiled.saying import BENCHMARK
from onestory.analysis.marac import (
    BENCHMARKS,
    MISSING,
    QUARTERS,
    Area,
    Benchmark,
    expected,
    rate,
    rolling_year,
    staff,
)
from onestory.analysis.measures import Result, find
from onestory.analysis.measures.tabled import TOTAL, cell
from onestory.analysis.measures.wording import rounded
from onestory.analysis.periods import ONE_DAY, Span, in_words
from onestory.analysis.report import MODELLED, Cell, Count, Made, Table
from onestory.kernel.calendar import FinancialYear

PLACES = 1
MONTHS = 3
GAP = "n/a: two quarters in a row are missing"
NO_POPULATION = "n/a: no population is known"


@dataclass(frozen=True)
class Rating:
    """The tables of a rate, of what some teams recorded."""

    definition: Definition
    rate: Rate
    running: Running
    now: Span
    before: Span

    def tables(self) -> Iterator[Table]:
        """Each is of the twelve months up to the end of the period before, and of this one."""
        yield self._by_quarter()
        yield self._rates()
        if self.rate.staff:
            yield self._staff()

    @cached_property
    def years(self) -> tuple["Year", "Year"]:
        return self._year(self.before), self._year(self.now)

    def _year(self, span: Span) -> "Year":
        quarters = [quarter_to(span.end)]
        while len(quarters) <= QUARTERS:
            quarters.append(quarter_to(quarters[-1].start - ONE_DAY))
        quarters.reverse()
        whole = Span("", quarters[1].start, span.end, complete=True)
        cells = tuple(map(self._recorded, quarters))
        return Year(span.label, tuple(quarters), cells, _cell(self._counted(whole)[0]))

    def _recorded(self, quarter: Span) -> Cell | None:
        """What was counted in a quarter; None where nothing shows that it was recorded."""
        counted, recorded = self._counted(quarter)
        return _cell(counted) if recorded and recorded.total.numerator else None

    def _counted(self, span: Span) -> tuple[Result | None, Result | None]:
        measures = self.rate.measure, self.rate.recorded
        found = self.running.results([Part(key="", measures=measures, where={})], span)
        return found["", measures[0]], found["", measures[1]]

    def _by_quarter(self) -> Table:
        """The quarters of both years with their sums, and which of them stands for a missing one."""
        rows: dict[str, list[Cell]] = {}
        for place, year in enumerate(self.years):
            for label, one in year.lines:
                rows.setdefault(label, [Cell(None, "cases")] * len(self.years))[place] = one
        rows[TOTAL] = [year.total for year in self.years]
        title = find(self.rate.measure).title
        return self._table(
            self.rate.by_quarter_key, f"{title} in twelve months, by quarter", rows, MISSING
        )

    def _rates(self) -> Table:
        benchmark = BENCHMARKS.get(self.rate.benchmark)
        known = [self.rate.at(span.end) for span in (self.before, self.now)]
        unsure = ", not verified" * any(one and not one.verified for one in known)
        rows = {
            f"{find(self.rate.measure).title} in twelve months": [y.total for y in self.years],
            f"{self.rate.of.capitalize()}{unsure}": [_population(one) for one in known],
            self.rate.title: [
                self._rate(year.total, one) for year, one in zip(self.years, known, strict=True)
            ],
        }
        said = list(filter(None, map(_said, dict.fromkeys(known))))
        if benchmark:
            now = known[-1]
            aims = [
                _of_nobody(expected(now.value), 0) if now else Cell(None, gap=NO_POPULATION),
                Cell(None, gap=""),
                _of_nobody(Fraction(benchmark.value), 0),
            ]
            rows = {row: [*line, aim] for (row, line), aim in zip(rows.items(), aims, strict=True)}
            said.append(_named(benchmark))
        made = self._table(self.rate.key, self.rate.title, rows, " ".join(said))
        return replace(made, columns=(*made.columns, *[BENCHMARK] * bool(benchmark)))

    def _rate(self, total: Cell, population: RatePopulation | None) -> Cell:
        if population is None or total.value is None:
            return Cell(None, self.rate.unit, gap=NO_POPULATION if population is None else GAP)
        of = _count(total), Count(population.value)
        made = Made("ratio", of, self.rate.per, PLACES, "byar")
        exact = rate(total.value, population.value)
        return Cell(rounded(exact, PLACES), self.rate.unit, exact=exact, made=made)

    def _staff(self) -> Table:
        rows, said = {}, []
        for kind in self.rate.staff:
            one = BENCHMARKS[kind.benchmark]
            rows[f"{kind.title}, one for each {one.text}"] = [
                _needed(year.total, one) for year in self.years
            ]
            said += [_named(BENCHMARKS[code]) for code in (kind.benchmark, kind.beside) if code]
        title = "Full-time staff whom the cases of twelve months need"
        made = self._table(self.rate.staff_key, title, rows, " ".join(said))
        return replace(made, made=MODELLED)

    def _table(self, name: str, title: str, rows: dict[str, list[Cell]], said: str) -> Table:
        measure, teams = find(self.rate.measure), ", ".join(self.definition.teams.values())
        only = f"Only of {teams}." if teams else ""
        return Table(
            name=name,
            title=title,
            corner="Figure",
            columns=tuple(f"12 months to {year.label}" for year in self.years),
            rows=tuple(rows),
            cells=tuple(map(tuple, rows.values())),
            definition=measure.definition,
            source=measure.source.rstrip("."),
            method=" ".join(filter(None, (only, said))),
        )


@dataclass(frozen=True)
class Year:
    """Four quarters with the one before them, what was counted in each, and in the `whole` year."""

    label: str
    quarters: tuple[Span, ...]
    counted: tuple[Cell | None, ...]
    whole: Cell

    @cached_property
    def lines(self) -> list[tuple[str, Cell]]:
        """Each of the four with what counts as it."""
        lines = []
        for place in range(1, len(self.quarters)):
            label, own = self.quarters[place].label, self.counted[place]
            before, stands_in = self.quarters[place - 1].label, self.counted[place - 1]
            if own:
                lines.append((label, own))
            elif stands_in:
                lines.append((f"{label}: missing, {before} stands in", stands_in))
            else:
                lines.append((label, Cell(None, "cases", gap="missing")))
        return lines

    @cached_property
    def total(self) -> Cell:
        """The cases of the year; with quarters that stand in for others it is another count."""
        numbers = [one and one.value for one in self.counted]
        made = rolling_year(Area(0, numbers))
        if made is None:
            return Cell(None, "cases", gap=GAP)
        if not made.substituted:
            return self.whole
        missing = ", ".join(self.quarters[place + 1].label for place in made.substituted)
        who = f"{self.whole.who} · without {missing}"
        return replace(self.whole, value=made.cases, exact=None, low=None, high=None, who=who)


def quarter_to(end: date) -> Span:
    """The quarter of a financial year that ends on a day."""
    turn = (end.month - 4) % 12 // MONTHS
    start = date(end.year, end.month - MONTHS + 1, 1)
    return Span(f"{FinancialYear.of(end).label} Q{turn + 1}", start, end, complete=True)


def _cell(result: Result | None) -> Cell | None:
    return result and cell(result, result.total)


def _count(total: Cell) -> Count:
    return Count(total.value, total.who, total.people)


def _needed(total: Cell, benchmark: Benchmark) -> Cell:
    """How many full-time people so many cases need."""
    if total.value is None:
        return Cell(None, "people", gap=total.gap)
    made = Made("ratio", (_count(total), Count(benchmark.value)), places=PLACES)
    exact = staff(total.value, benchmark)
    return Cell(rounded(exact, PLACES), "full-time staff", exact=exact, made=made)


def _population(known: RatePopulation | None) -> Cell:
    return _of_nobody(Fraction(known.value), 0) if known else Cell(None, gap=NO_POPULATION)


def _of_nobody(exact: Fraction, places: int) -> Cell:
    """A figure in which no case is counted: made of counts of nobody, it is never hidden."""
    made = Made("ratio", (Count(exact.numerator), Count(exact.denominator)), places=places)
    return Cell(int(rounded(exact, places)), "people", exact=exact, made=made)


def _said(population: RatePopulation | None) -> str:
    if population is None:
        return ""
    return (
        f"Population from {in_words(population.from_)}: {population.value:,}"
        f" ({population.source.rstrip('.')}{_unverified(population.verified)})."
    )


def _named(benchmark: Benchmark) -> str:
    """'Referrals a year for one IDVA: 100 (SafeLives, read on 22 November 2026; not verified).'"""
    read = f"read on {in_words(benchmark.from_)}"
    of = f"{benchmark.source}, {read}{_unverified(benchmark.verified)}"
    return f"{benchmark.name}: {benchmark.text} ({of})."


def _unverified(verified: bool) -> str:
    return "" if verified else "; not verified"
