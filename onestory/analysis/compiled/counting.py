"""What a snapshot says of a compiled report: its tables and charts, with every figure as it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction

from onestory.analysis import charts
from onestory.analysis.compiled.definition import Definition, Part, is_count
from onestory.analysis.compiled.growing import CHANGE, growth, shown
from onestory.analysis.compiled.rates import Rating
from onestory.analysis.compiled.running import Found, Running, Words
from onestory.analysis.measures import Figure, Measure, Result
from onestory.analysis.measures.evaluate import Countable
from onestory.analysis.measures.tabled import TOTAL, cell
from onestory.analysis.measures.wording import explained, group_title, number, places
from onestory.analysis.periods import Span
from onestory.analysis.report import Cell, Chart, Count, Made, Table

TARGET = "Target"


@dataclass(frozen=True)
class Counted:
    """The tables and charts of a report, by the key of each, and of what days they are."""

    definition: Definition
    made_at: datetime
    counted_to: date
    now: Span
    before: Span
    tables: Mapping[str, Table]
    charts: Mapping[str, Chart]


def count(
    definition: Definition,
    snapshot: Countable,
    now: Span,
    before: Span,
    *,
    made_at: datetime,
    words: Words,
    targets: Mapping[str, Fraction],
    noughts: bool = True,
) -> Counted:
    """Count all of a report in one period and in the one before.

    `words` gives the labels of a group's codes, `targets` what is aimed for by the code of a
    measure. Without `noughts`, rows of which nothing was counted stay, so that nothing can be told
    from their absence.
    """
    parts = [part for chapter in definition.chapters for part in chapter.parts]
    running = Running(snapshot, tuple(definition.teams), words)
    found = running.results(parts, now)
    earlier = running.results([part for part in parts if part.compared], before)
    tables, drawn = {}, {}
    for part in parts:
        making = Making(definition, part, now, before, targets, noughts)
        tables[part.key] = making.table(found, earlier)
        if chart := making.chart(tables[part.key]):
            drawn[part.key] = chart
    for rate in (rate for chapter in definition.chapters for rate in chapter.rates):
        rating = Rating(definition, rate, running, now, before)
        tables |= {table.name: table for table in rating.tables()}
    return Counted(definition, made_at, snapshot.counted_to, now, before, tables, drawn)


@dataclass(frozen=True)
class Making:
    """From results to the table of a part, and its chart."""

    definition: Definition
    part: Part
    now: Span
    before: Span
    targets: Mapping[str, Fraction]
    noughts: bool

    def table(self, found: Found, earlier: Found) -> Table:
        """The table, named by the key of its part."""
        now = [found[self.part.key, code] for code in self.part.measures]
        before = [earlier.get((self.part.key, code)) for code in self.part.measures]
        if self.part.compared and not any(before):
            alone = replace(self, part=replace(self.part, compared=False))
            return alone.table(found, {}).noting(f"Of {self.before.label} nothing is recorded.")
        rows = self._groups(now[0], before[0]) if self.part.by else self._measures(now, before)
        measures = self.part.found
        told = [result for result in (*before, *now) if result is not None]
        counts = dict.fromkeys(dict(explained(measure))["Counts"] for measure in measures)
        notes = dict.fromkeys(note for result in told for note in result.notes)
        if not any(now):
            notes[f"Of {self.now.label} nothing is recorded."] = None
        return Table(
            name=self.part.key,
            title=self._title(measures[0]),
            corner=group_title(self.part.by) if self.part.by else "Figure",
            columns=self._columns(),
            rows=tuple(rows),
            cells=tuple(tuple(cells) for cells in rows.values()),
            definition=" ".join(dict.fromkeys(one.definition for one in measures)),
            source="; ".join(dict.fromkeys(one.source.rstrip(".") for one in measures)),
            method=" ".join((*counts, *self._only(), *notes)),
        )

    def chart(self, table: Table) -> Chart | None:
        """Its picture, if it is to have one and there is something to draw."""
        kind = self.part.chart
        columns = (self.now.label,) if kind == "funnel" else (self.before.label, self.now.label)
        drawn = table.only(columns)
        lines = [line for line in drawn.lines if line[0] != TOTAL]
        if not kind or not any(one.value is not None for _, line in lines for one in line):
            return None
        chart = Chart(table.name, table.title, kind, "", drawn, *self._reference())
        return replace(chart, alt=charts.alt(chart))

    def _reference(self) -> tuple[float, str] | tuple[()]:
        aim = self.targets.get(self.part.measures[0]) if self.part.target else None
        if aim is None or not self.part.over_time:
            return ()
        return float(aim), f"{TARGET}: {number(self.part.found[0], aim)}"

    @property
    def _has_change(self) -> bool:
        return self.part.compared and all(map(is_count, self.part.found))

    @property
    def _has_targets(self) -> bool:
        return self.part.target and not self.part.over_time

    def _columns(self) -> tuple[str, ...]:
        columns = [self.before.label] * self.part.compared + [self.now.label]
        return (*columns, *[CHANGE] * self._has_change, *[TARGET] * self._has_targets)

    def _title(self, measure: Measure) -> str:
        if self.part.title or not self.part.by:
            return self.part.title or measure.title
        return f"{measure.title} by {group_title(self.part.by).lower()}"

    def _only(self) -> list[str]:
        names = ", ".join(self.definition.teams.values())
        return [f"Only of {names}."] if names else []

    def _measures(self, now: Sequence, before: Sequence) -> dict[str, list[Cell]]:
        """A row for each measure; one of some rows only is called as the table says which."""
        found = self.part.found
        alone = self.part.title if len(found) == 1 else ""
        return {
            alone or measure.title: self._line(
                measure, (one, one and one.total), (other, other and other.total)
            )
            for measure, one, other in zip(found, now, before, strict=True)
        }

    def _groups(self, now: Result | None, before: Result | None) -> dict[str, list[Cell]]:
        """A row for each group, and one for all."""
        measure = self.part.found[0]
        labels = dict.fromkeys(
            (figure.label, figure.group)
            for result in (before, now)
            if result is not None
            for figure in result.cells
        )
        rows = {}
        for label, code in labels:
            pair = _of(now, label, code), _of(before, label, code)
            if self.noughts and not self.part.over_time and not _anything(*pair):
                continue
            rows[label] = self._line(measure, (now, pair[0]), (before, pair[1]))
        total = (now, now and now.total), (before, before and before.total)
        return {**rows, TOTAL: self._line(measure, *total)}

    def _line(
        self,
        measure: Measure,
        now: tuple[Result | None, Figure | None],
        before: tuple[Result | None, Figure | None],
    ) -> list[Cell]:
        """The figures of one row: before, now, the change, and what is aimed for."""
        last, first = _cell(measure, *now), _cell(measure, *before)
        line = [first, last] if self.part.compared else [last]
        if self._has_change:
            line.append(growth(last, first))
        if self._has_targets:
            line.append(_aim(measure, self.targets.get(measure.code)))
        return line


def _of(result: Result | None, label: str, code: str | None) -> Figure | None:
    """The figure of a group. Of counts, a group that is not there is nought."""
    if result is None:
        return None
    for figure in result.cells:
        if figure.label == label:
            return figure
    if not is_count(result.measure):
        return None
    people = None if result.total.people is None else 0
    return Figure(code, label, Fraction(0), None, Fraction(0), people=people)


def _anything(*figures: Figure | None) -> bool:
    return any(figure and (figure.numerator or figure.denominator) for figure in figures)


def _cell(measure: Measure, result: Result | None, figure: Figure | None) -> Cell:
    made = cell(result, figure) if result else Cell(None, measure.unit)
    return made if made.value is not None else Cell(None, measure.unit)


def _aim(measure: Measure, aim: Fraction | None) -> Cell:
    """What is aimed for: a figure of nobody, and so made of counts of nobody."""
    if aim is None:
        return Cell(None, measure.unit, gap="none")
    decimals = places(measure)
    made = Made("ratio", (Count(aim.numerator), Count(aim.denominator)), places=decimals)
    return Cell(shown(aim, decimals), measure.unit, exact=aim, made=made)
