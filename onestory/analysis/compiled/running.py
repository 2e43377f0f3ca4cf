"""Runs the measures of a compiled report over a snapshot, those of the same rows in one go."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from onestory.analysis.compiled.definition import Part
from onestory.analysis.measures import Measure, Result, run_all
from onestory.analysis.measures.evaluate import Countable
from onestory.analysis.measures.narrowing import Narrowed
from onestory.analysis.periods import Span

Words = Callable[[str], Mapping[str, str]]
Found = Mapping[tuple[str, str], Result | None]
"""By part and measure what was found; None where nothing had been recorded by then."""


@dataclass(frozen=True)
class Rows:
    """Which rows are counted, and how they are cut."""

    by: str
    team: str
    where: str


class Running:
    """One snapshot, and whose records in it are counted."""

    def __init__(self, snapshot: Countable, teams: Sequence[str], words: Words):
        self.snapshot = snapshot
        self.teams = list(teams)
        self.words = words
        self.first: dict[tuple, date | None] = {}

    def results(self, parts: Iterable[Part], span: Span) -> Found:
        """What the measures of some tables count in a period."""
        wanted: dict[tuple[str, str], Rows] = {}
        together: dict[Rows, tuple[Part, dict[str, Measure]]] = {}
        for part in parts:
            for measure in part.found:
                rows = self._rows(part, measure)
                wanted[part.key, measure.code] = rows
                together.setdefault(rows, (part, {}))[1][measure.code] = measure
        found = {
            (rows, result.measure.code): result
            for rows, (part, some) in together.items()
            for result in self._run(rows, part.where, list(some.values()), span)
        }
        return {
            (key, code): result if self._begun(result.measure, rows.team, span) else None
            for (key, code), rows in wanted.items()
            for result in [found[rows, code]]
        }

    def _rows(self, part: Part, measure: Measure) -> Rows:
        where = repr(sorted(part.where.items()))
        return Rows(part.by, self._whose(part, measure), where)

    def _whose(self, part: Part, measure: Measure) -> str:
        """The column in which the teams are looked for; none for a report of all."""
        return (part.whose or measure.team) if self.teams else ""

    def _run(
        self, rows: Rows, where: Mapping, measures: Sequence[Measure], span: Span
    ) -> list[Result]:
        within = [f"{column} is {where[column]}" for column in sorted(where)]
        # As a page of the measure for that team says it, so that the same counts are known as such.
        alone = len(self.teams) == 1 and rows.team == measures[0].team
        if rows.team and not alone:
            where = {**where, rows.team: self.teams}
            within.append(f"{rows.team} is {' or '.join(sorted(self.teams))}")
        found = run_all(
            measures,
            Narrowed(self.snapshot, where),
            span,
            team=self.teams[0] if alone else None,
            by=rows.by or None,
            words=self.words(rows.by),
        )
        return [replace(result, within=" · ".join(within)) for result in found]

    def _begun(self, measure: Measure, team: str, span: Span) -> bool:
        """Whether anything of these teams had been recorded by the end of the period."""
        key = (measure.table, measure.on, team)
        if key not in self.first:
            where = {team: self.teams} if team else {}
            rows = Narrowed(self.snapshot, where).table(measure.table)
            self.first[key] = rows[measure.on].min().to_pyarrow().as_py()
        return self.first[key] is not None and self.first[key] <= span.end
