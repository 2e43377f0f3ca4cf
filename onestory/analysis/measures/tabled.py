"""Results as a table of a report, of which `disclosure` can tell what each figure is made of."""

from collections.abc import Sequence

from onestory.analysis.measures import language as say
from onestory.analysis.measures.measure import COUNTS, Figure, Measure, Result
from onestory.analysis.measures.wording import explained, formula, group_title, places, rounded
from onestory.analysis.report import Cell, Count, Made, Table

TOTAL = "Total"


def table(results: Sequence[Result], name: str = "") -> Table:
    """Results of one measure as a table: a column for each period, a row for each group, a total.

    All are of the same measure, place, team and group.
    """
    measure, by = results[0].measure, results[0].by
    labels = dict.fromkeys(figure.label for result in results for figure in result.cells)
    rows = [tuple(cell(result, _of(result, label)) for result in results) for label in labels]
    notes = dict.fromkeys(note for result in results for note in result.notes)
    return Table(
        name=name or measure.code,
        title=measure.title,
        corner=group_title(by) if by else measure.unit.capitalize(),
        columns=tuple(result.period.label for result in results),
        rows=(*labels, TOTAL),
        cells=(*rows, tuple(cell(result, result.total) for result in results)),
        definition=measure.definition,
        source=measure.source.rstrip("."),
        method=" ".join((dict(explained(measure))["Counts"], *notes)),
    )


def _of(result: Result, label: str) -> Figure | None:
    return next((figure for figure in result.cells if figure.label == label), None)


def cell(result: Result, figure: Figure | None) -> Cell:
    """One figure as reports print it; with what it is made of, so that small counts can be hidden."""
    measure = result.measure
    if figure is None:
        return Cell(None, measure.unit, gap="n/a")
    if figure.value is None:
        return Cell(None, measure.unit, gap="n/a" if not figure.reason else f"n/a: {figure.reason}")
    shown = rounded(figure.value, places(measure))
    whole = places(measure) == 0
    who = None if figure.people is None else _who(result, figure)
    return Cell(
        int(shown) if whole else shown,
        measure.unit,
        exact=figure.value,
        low=figure.low,
        high=figure.high,
        who=who if who and _adds_up(measure) else "",
        made=_made_of(result, figure, who),
        people=figure.people,
    )


def _made_of(result: Result, figure: Figure, who: str | None) -> Made | None:
    """What the figure is made of, if it is no count of people itself; meetings are of nobody."""
    if not _adds_up(result.measure):
        return None if who is None else _made(result, figure, who)
    return Made("ratio", (Count(int(figure.value)), Count(1))) if who is None else None


def _adds_up(measure: Measure) -> bool:
    """Whether groups make up the whole, as of counts and of sums: children are people too."""
    return isinstance(measure.numerator, COUNTS | say.Sum) and measure.denominator is None


def _made(result: Result, figure: Figure, who: str) -> Made:
    measure = result.measure
    if measure.denominator is None or not isinstance(measure.numerator, COUNTS):
        return Made("average", (Count(figure.people, f"people of {who}"),))
    below = Count(figure.denominator, _who(result, figure, below=True), figure.of_people)
    above = Count(int(figure.numerator), who, figure.people)
    return Made("ratio", (above, below), measure.per, places(measure), measure.interval or "")


def _who(result: Result, figure: Figure, below: bool = False) -> str:
    """What was counted, so that the same count is the same wherever it stands."""
    measure = result.measure
    counted = formula(measure.denominator if below else measure.numerator)
    if measure.is_share and not below and not isinstance(measure.denominator.where, say.Always):
        counted += f", of {formula(measure.denominator)}"
    until = f"any time until {measure.until}" if measure.any_time else measure.until
    said = [measure.table, measure.on, until or "", counted]
    said += [str(result.period.start), str(result.period.end)]
    said += [f"{measure.area}={result.area}"] * bool(result.area)
    said += [f"{measure.team}={result.team}"] * bool(result.team)
    said += [result.within] * bool(result.within)
    said += [f"{result.by}={figure.group}"] * (result.by is not None and figure.label != "All")
    return " · ".join(said)
