"""Measures run on the latest snapshot for a page: in full for whoever may see the records, else released.

Whoever manages a team may see what is counted of it. For everybody else, and for what is counted of
other teams, figures go through `disclosure`. They can then not be asked for piece by piece either,
since small counts could be worked out from the pieces: whole financial years that are over, and one
way of cutting them at a time.
"""

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

# ibis would load these, and pandas with them, within the first question asked of each process.
import ibis.backends.duckdb.converter  # noqa: F401
from django.utils import timezone

from onestory.agencies.actor import Actor
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.analysis import charts, disclosure, measures, snapshots
from onestory.analysis.measures import Measure, MeasureError, tabled
from onestory.analysis.measures.measure import TIMES
from onestory.analysis.periods import Period, Span
from onestory.analysis.report import Chart, Table
from onestory.analysis.snapshots import Snapshot
from onestory.kernel.errors import Refused
from onestory.reporting.releasing import of_measures, one_at_a_time, rule_on
from onestory.reporting.snapshots import folder

KEPT = 256
DRAWN_YEARS = 3
# The vocabulary of the area pack in which a group's codes are words.
WORDS = {
    "abuse": "abuse",
    "area": "localities",
    "basis": "bases",
    "category": "categories",
    "channel": "channels",
    "declined_reason": "decline_reasons",
    "ending_reason": "close_reasons",
    "grade": "rag",
    "locality": "localities",
    "need": "needs",
    "needs": "needs",
    "offered_instead": "offered_instead",
    "referred_by": "sources",
    "risk_assessment": "risk_assessments",
    "sex": "sexes",
    "source": "sources",
    "survivor_group": "groups",
    "why_not": "absence_reasons",
    "withdrawn_reason": "withdraw_reasons",
}
# Where the same group has other words in the rows of one table.
OF_TABLE = {
    ("cases", "outcome"): "ending_outcomes",
    ("marac_cases", "criteria"): "marac_criteria",
    ("marac_cases", "outcome"): "marac_outcomes",
    ("risk_changes", "kind"): "risk_changes",
    ("risk_checklists", "computed"): "risk_levels",
    ("risk_checklists", "instrument"): "risk_forms",
    ("risk_checklists", "level"): "risk_levels",
    ("sessions", "channel"): "session_channels",
    ("sessions", "kind"): "session_kinds",
}
# The same in every area: the groups of the census, with White British apart.
ETHNICITY_GROUPS = {
    "asian": "Asian or Asian British",
    "black": "Black, Black British, Caribbean or African",
    "mixed": "Mixed or multiple ethnic groups",
    "other": "Any other ethnic group",
    "white-british": "White British",
    "white-other": "White, other than British",
}
TEAMS = {"team", "from_team", "to_team", "service_team"}
ORGANISATIONS = {"organisation", "from_organisation", "to_organisation"}


@dataclass(frozen=True)
class Asked:
    """What of a measure is asked for: days, a place or a team if any, and how it is cut."""

    code: str
    start: date
    end: date
    by: str
    area: str = ""
    team: str = ""

    @property
    def measure(self) -> Measure:
        return measures.MEASURES[self.code]


def latest() -> Snapshot | None:
    """The newest snapshot that is whole; None where there is none yet."""
    return snapshots.latest(folder()) if snapshots.names(folder()) else None


def in_full(by: Actor, asked: Asked) -> bool:
    """Whether the actor may see the records that are counted: those of a team that they manage."""
    return bool(asked.measure.team) and asked.team in {
        hat.team for hat in by.hats if hat.works_cases and Permission.REPORT_READ in hat.permissions
    }


def must_be_safe(asked: Asked, counted_to: date) -> None:
    """Raise `Refused` if what is asked is a piece from which, with others, people could be found."""
    if (asked.start.month, asked.start.day) != (4, 1) or (asked.end.month, asked.end.day) != (
        3,
        31,
    ):
        raise Refused(
            "Without permission to see the records you can ask for whole financial years: from"
            " 1 April to 31 March."
        )
    if asked.end >= counted_to:
        raise Refused(
            "Without permission to see the records you can ask for financial years that are over."
        )
    cuts = [asked.area, asked.team, "" if asked.by == "year" else asked.by]
    if sum(map(bool, cuts)) > 1:
        raise Refused(
            "Without permission to see the records you can ask for one area, one team or one group"
            " at a time. By financial year, you can have any of them."
        )


def figures(asked: Asked, snapshot: Snapshot, *, released: bool) -> Table:
    """The figures as a table. `Refused` where they cannot be made, or cannot be released."""
    try:
        return (_released if released else _counted)(asked, snapshot.path)
    except (MeasureError, ValueError) as error:
        raise Refused(str(error)) from error


def drawn(asked: Asked, table: Table) -> Chart | None:
    """A chart of the figures, if there are any to draw: lines over time, bars beside one another."""
    kind = "lines" if asked.by in TIMES else "bars"
    columns = slice(-DRAWN_YEARS, None) if kind == "bars" else slice(1)
    rows = [line for line in table.lines if line[0] != tabled.TOTAL]
    part = replace(
        table,
        columns=(asked.measure.unit.capitalize(),) if kind == "lines" else table.columns[columns],
        rows=tuple(label for label, _ in rows),
        cells=tuple(cells[columns] for _, cells in rows),
    )
    if not any(cell.value for cells in part.cells for cell in cells):
        return None
    chart = Chart(asked.code, table.title, kind, "", part)
    return replace(chart, alt=charts.alt(chart))


@lru_cache(maxsize=KEPT)
def _counted(asked: Asked, path: Path) -> Table:
    """A snapshot never changes, so that the same question has one answer."""
    snapshot = snapshots.open(path)
    period = Period(asked.start, asked.end, snapshot.counted_to)
    one = asked.by in TIMES or len(period.years) == 1
    spans = (Span(period.label, asked.start, asked.end, period.ended),) if one else period.years
    words = words_of(asked.by, asked.measure.table)
    return tabled.table(
        [
            measures.run(
                asked.measure,
                snapshot,
                span,
                area=asked.area or None,
                team=asked.team or None,
                by=asked.by,
                words=words,
            )
            for span in spans
        ]
    )


@lru_cache(maxsize=KEPT)
def _released(asked: Asked, path: Path) -> Table:
    """What may be seen of it by whoever may not see the records, and what it tells is kept."""
    table = _counted(asked, path)
    with one_at_a_time(of_measures(asked.measure.table)) as told:
        earlier = [disclosure.told(file) for file in disclosure.kept(told)]
        release = disclosure.release([table], rule_on(timezone.localdate()), earlier)
        disclosure.keep(told, release)
    return release.tables[0]


def words_of(group: str, table: str = "") -> dict[str, str]:
    """The codes of a group as people read them, in the order of the area's own lists."""
    known = pack()
    if words := OF_TABLE.get((table, group)) or WORDS.get(group):
        return {term.code: term.name for term in known.vocabulary(words)}
    if group in TEAMS:
        return {code: team.name for code, team in known.teams.items()}
    if group in ORGANISATIONS:
        return {one.code: one.name for one in known.organisations}
    if group == "ethnicity_group":
        return ETHNICITY_GROUPS
    if group == "service":
        return {code: service.name for code, service in known.services.items()}
    return {}
