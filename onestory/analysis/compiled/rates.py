"""Rates for a population in a compiled report: twelve months up to the end of each of its periods."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from onestory.analysis.compiled.definition import Rate, RatePopulation
from onestory.analysis.compiled.saying import BENCHMARK
from onestory.analysis.marac import BENCHMARKS
from onestory.analysis.measures import find
from onestory.analysis.measures.evaluate import Countable, Scan
from onestory.analysis.measures.narrowing import Narrowed
from onestory.analysis.measures.tabled import cell
from onestory.analysis.measures.wording import rounded
from onestory.analysis.periods import ONE_DAY, Span, in_words
from onestory.analysis.report import Cell, Count, Made, Table

PLACES = 1
GAP = "n/a: nothing is recorded of the first of its quarters"
NO_POPULATION = "n/a: no population is known"


@dataclass(frozen=True)
class Rating:
    """Rates over one snapshot, of what some teams recorded."""

    snapshot: Countable
    teams: Mapping[str, str]

    def table(self, rate: Rate, now: Span, before: Span) -> Table:
        """A table of one row: the rate at the end of each period, and the benchmark beside it."""
        measure, benchmark = find(rate.measure), BENCHMARKS.get(rate.benchmark)
        line = [self._cell(rate, before.end), self._cell(rate, now.end)]
        said = [
            f"Twelve months up to the end of each period, for each {rate.per:,} {rate.of}.",
            *map(_said, dict.fromkeys((rate.at(now.end), rate.at(before.end)))),
        ]
        if benchmark:
            aim = Made("ratio", (Count(benchmark.value), Count(1)), places=0)
            line.append(Cell(benchmark.value, rate.unit, made=aim))
            said.append(f"Benchmark: {benchmark.source}{_unverified(benchmark.verified)}.")
        return Table(
            name=rate.key,
            title=rate.title,
            corner="Figure",
            columns=(before.label, now.label, *[BENCHMARK] * bool(benchmark)),
            rows=(rate.title,),
            cells=(tuple(line),),
            definition=measure.definition,
            source=measure.source.rstrip("."),
            method=" ".join(filter(None, said)),
        )

    def _cell(self, rate: Rate, end: date) -> Cell:
        """The rate of the twelve months that end on a day, made of the count and the population."""
        population = rate.at(end)
        if population is None:
            return Cell(None, rate.unit, gap=NO_POPULATION)
        span, measure = year_to(end), find(rate.measure)
        teams, within = list(self.teams), ""
        where = {measure.team: teams} if len(teams) > 1 else {}
        if where:
            within = f"{measure.team} is {' or '.join(sorted(teams))}"
        table = Narrowed(self.snapshot, where).table(measure.table)
        alone = teams[0] if len(teams) == 1 else None
        scan = Scan([measure], table, span, self.snapshot.counted_to, team=alone)
        first = scan.table[measure.on].min().to_pyarrow().as_py()
        if first is None or first >= _second_quarter(span.start):
            return Cell(None, rate.unit, gap=GAP)
        [result] = scan.results(None, {})
        counted = cell(result, result.total)
        who = " · ".join(filter(None, (counted.who, within)))
        exact = Fraction(rate.per * counted.value, population.value)
        count = Count(counted.value, who, counted.people)
        made = Made("ratio", (count, Count(population.value)), rate.per, PLACES, "byar")
        return Cell(rounded(exact, PLACES), rate.unit, exact=exact, made=made)


def year_to(end: date) -> Span:
    """The twelve months that end on the last day of a month."""
    after = end + ONE_DAY
    start = after.replace(year=after.year - 1)
    return Span(f"Twelve months to {in_words(end)}", start, end, complete=True)


def _second_quarter(start: date) -> date:
    """The day after the first three months. Records that began within them have that quarter."""
    return date(start.year + (start.month + 2) // 12, (start.month + 2) % 12 + 1, 1)


def _said(population: RatePopulation | None) -> str:
    if population is None:
        return ""
    return (
        f"Population from {in_words(population.from_)}: {population.value:,}"
        f" ({population.source.rstrip('.')}{_unverified(population.verified)})."
    )


def _unverified(verified: bool) -> str:
    return "" if verified else "; not verified"
