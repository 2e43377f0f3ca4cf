"""A needs assessment as a document: the chapters' tables, what moves them, and where it all comes from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction

from onestory.analysis import charts, needs
from onestory.analysis.needs.inputs import EMPTY
from onestory.analysis.needs.layout import given, output
from onestory.analysis.needs.model import Model, Run, run
from onestory.analysis.periods import in_words
from onestory.analysis.report import Chart, Report, Section, Table

ESTIMATES = "Estimates are not counts: they say what may be expected, by the sources named beneath."
MOVES = (
    "Each input with an interval is taken to its two ends, all others staying as they are."
    " The one that moves the estimate most comes first."
)
# The columns of a tornado table that a chart shows: the output at both ends.
ENDS = slice(2, 4)


@dataclass(frozen=True)
class Assessment(Report):
    """A report on what is to be expected, and not on cases."""

    @property
    def subtitle(self) -> tuple[str, ...]:
        """What stands beneath the title."""
        return tuple(line for line in (self.team, self.period, self.made) if line)


def assessment(
    model: Model,
    *,
    made_at: datetime,
    changes: Mapping[str, Fraction] = EMPTY,
    area: str = "",
    comments: Mapping[str, str] = EMPTY,
    remarks: Sequence[str] = (),
) -> Assessment:
    """The document of a topic, with some assumptions changed if they are given.

    `comments` are the author's own words, by the key of the section in which they stand; `remarks`
    say where an earlier document printed other figures (see `analysis.figures.modelled.remarks`).
    """
    made = run(model, changes)
    sections = (
        _summary(made, changes, remarks),
        *_chapters(made),
        *_moving(made, changes),
        _sources(made),
    )
    if unknown := comments.keys() - {section.key for section in sections}:
        raise ValueError(f"The document has no section {', '.join(sorted(unknown))}.")
    numbered = tuple(
        replace(section, number=number, comment=comments.get(section.key, ""))
        for number, section in enumerate(sections, 1)
    )
    newest = max(one.as_at for one in made.inputs.values())
    return Assessment(
        title=f"Needs assessment: {model.title}",
        team=area,
        period=f"By what was known on {in_words(newest)}",
        made_at=made_at,
        sections=numbered,
        of="",
    )


def _summary(made: Run, changes: Mapping[str, Fraction], remarks: Sequence[str]) -> Section:
    """What comes out, in a sentence for each main output."""
    model = made.model
    ranges = needs.ranges_table(model, needs.main_outputs(model.code), changes)
    said = [model.about, ESTIMATES]
    for label, (value, low, high) in ranges.lines:
        between = f" (from {low.text} to {high.text})" if low.value != high.value else ""
        said.append(f"{label}: {value.text}{between}.")
    said += [
        f"Changed here: {made.inputs[code].label} is {given(made.inputs[code]).text} instead of"
        f" {given(model.inputs[code]).text}."
        for code in changes
    ]
    return Section("summary", "Summary", tuple(said), tables=(ranges,), notes=tuple(remarks))


def _chapters(made: Run) -> list[Section]:
    """A section for each chapter of the topic."""
    tables = {table.name: table for table in made.tables()}
    kinds = needs.charts_of(made.model.code)
    return [
        Section(
            key=key,
            heading=heading,
            paragraphs=(),
            tables=tuple(tables[name] for name in names),
            charts=tuple(_chart(tables[name], *kinds[name]) for name in names if name in kinds),
        )
        for key, (heading, names) in needs.chapters_of(made.model.code).items()
    ]


def _moving(made: Run, changes: Mapping[str, Fraction]) -> list[Section]:
    """What moves the main outputs, if anything does."""
    found, drawn = [], []
    for code in needs.main_outputs(made.model.code):
        table = needs.tornado_table(made.model, code, changes)
        if table.rows:
            now = output(made, code)
            label = f"{now.text} as assumed"
            found.append(table)
            drawn.append(_chart(table, "tornado", ENDS, float(made[code]), label))
    if not found:
        return []
    return [Section("moves", "What moves the estimates", (MOVES,), tuple(found), tuple(drawn))]


def _chart(
    table: Table, kind: str, columns: slice, reference: float | None = None, label: str = ""
) -> Chart:
    """A picture of some columns of a table; its words are written from its figures."""
    shown = replace(
        table, columns=table.columns[columns], cells=tuple(line[columns] for line in table.cells)
    )
    chart = Chart(table.name, table.title, kind, "", shown, reference, label)
    return replace(chart, alt=charts.alt(chart))


def _sources(made: Run) -> Section:
    """Every source, with the day of which it speaks, and every note on a number."""
    used = [made.inputs[code] for code in sorted(made.model.used)]
    days: dict[str, list] = {}
    for one in used:
        days.setdefault(one.source, []).append(one.as_at)
    said = [f"{source} ({in_words(max(found))})." for source, found in days.items()]
    notes = dict.fromkeys(f"{one.label}: {one.note}" for one in used if one.note)
    return Section("sources", "Sources", tuple(said), notes=tuple(notes))
