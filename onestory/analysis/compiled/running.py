"""Runs the measures of a compiled report over a snapshot, those of the same rows in one go."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from onestory.analysis.compiled.definition import Part
from onestory.analysis.measures import Measure, Result
from onestory.analysis.measures.checking import check
from onestory.analysis.measures.evaluate import Countable, Scan
from onestory.analysis.measures.narrowing import Narrowed
from onestory.analysis.periods import Span

Words = Callable[[str, str], Mapping[str, str]]
"""The labels of a group's codes, in the rows of a table."""
Found = Mapping[tuple[str, str], Result | None]
"""By part and measure what was found; None where nothing had been recorded by then."""


@dataclass(frozen=True)
class Rows:
    """Which rows are counted: what is asked of the same is asked together."""

    table: str
    on: str
    until: str | None
    any_time: bool
    team: str
    where: str


class Running:
    """One snapshot, and whose records in it are counted."""

    def __init__(self, snapshot: Countable, teams: Iterable[str], words: Words):
        self.snapshot = snapshot
        self.teams = list(teams)
        self.words = words
        self.first: dict[tuple, date | None] = {}

    def results(self, parts: Iterable[Part], span: Span) -> Found:
        """What the measures of some tables count in a period."""
        together: dict[Rows, list[Part]] = {}
        wanted: dict[Rows, dict[str, dict[Measure, None]]] = {}
        for part in parts:
            for measure in part.found:
                rows = self._rows(part, measure)
                together.setdefault(rows, []).append(part)
                wanted.setdefault(rows, {}).setdefault(part.by, {})[measure] = None
        found: dict[tuple[str, str], Result | None] = {}
        for rows, some in together.items():
            made = self._run(rows, some[0].where, wanted[rows], span)
            for part in some:
                for measure in part.found:
                    if result := made.get((part.by, measure)):
                        begun = self._begun(measure, rows.team, span)
                        found[part.key, measure.code] = result if begun else None
        return found

    def _rows(self, part: Part, measure: Measure) -> Rows:
        # Of a report of all teams nothing is narrowed.
        team = (part.whose or measure.team) if self.teams else ""
        where = repr(sorted(part.where.items()))
        return Rows(measure.table, measure.on, measure.until, measure.any_time, team, where)

    def _run(
        self, rows: Rows, where: Mapping, wanted: Mapping[str, Mapping[Measure, None]], span: Span
    ) -> dict[tuple[str, Measure], Result]:
        """By group and measure what these rows count."""
        within = [_within(column, where[column]) for column in sorted(where)]
        measures = list(dict.fromkeys(one for some in wanted.values() for one in some))
        # As the page of a measure for that team says it, so that the same count is known as such.
        alone = len(self.teams) == 1 and rows.team == measures[0].team
        if rows.team and not alone:
            where = {**where, rows.team: self.teams}
            within.append(f"{rows.team} is {' or '.join(sorted(self.teams))}")
        table = Narrowed(self.snapshot, where).table(rows.table)
        team = self.teams[0] if alone else None
        scan = Scan(measures, table, span, self.snapshot.counted_to, team=team)
        found = {}
        for by, some in wanted.items():
            for one in some:
                check(one, table.columns, by=by or None, area=None, team=team)
            for result in scan.results(by or None, self.words(by, rows.table), list(some)):
                found[by, result.measure] = replace(result, within=" · ".join(within))
        return found

    def _begun(self, measure: Measure, team: str, span: Span) -> bool:
        """Whether anything of these teams had been recorded by the end of the period."""
        key = (measure.table, measure.on, team)
        if key not in self.first:
            where = {team: self.teams} if team else {}
            rows = Narrowed(self.snapshot, where).table(measure.table)
            self.first[key] = rows[measure.on].min().to_pyarrow().as_py()
        return self.first[key] is not None and self.first[key] <= span.end


def _within(column: str, value: object) -> str:
    """As a measure cut by that column names it, so that the same count is known as such."""
    return f"{column}={value}" if isinstance(value, str) else f"{column} is {value}"
