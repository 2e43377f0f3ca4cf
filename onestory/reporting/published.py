"""What an area's partners printed, held against what OneStory makes from everything it has."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from django.db import DatabaseError
from django.utils import timezone

from onestory.agencies.area import Pack
from onestory.agencies.models import Team
from onestory.analysis.cases import CaseRow
from onestory.analysis.figures import FigureError, Line, Made, check, read_printed, read_ways
from onestory.analysis.figures.measured import measured
from onestory.analysis.figures.modelled import modelled
from onestory.analysis.figures.ways import Measured, Needs, ReportCell
from onestory.analysis.performance import report
from onestory.analysis.report import Cell
from onestory.analysis.snapshots import latest, names
from onestory.cases.case_list import read_case_list
from onestory.cases.export import case_rows, days_with_cases
from onestory.reporting import snapshots
from onestory.reporting.definitions import settings_of

FIGURES, WAYS, NEEDS = Path("published/figures.csv"), Path("published/figures.toml"), Path("needs")
NO_SNAPSHOT = "no snapshot is made: `onestory snapshot` makes one"
NO_CASES = "no cases on record and no case list given"


def checked(pack: Pack, folder: Path, case_list: Path | None = None) -> list[Line]:
    """A line for each figure that this area's partners printed.

    The yearly report is made from the cases on record; where there are none, or no database that is
    set up, from `case_list`. FigureError says what is wrong with the lists themselves.
    """
    printed = read_printed(folder / FIGURES)
    ways = read_ways(folder / WAYS, list(printed))
    makers = {
        Needs: modelled(folder / NEEDS),
        ReportCell: reported(pack, case_list),
        Measured: counted(snapshots.folder()),
    }
    return check(printed, ways, makers)


def counted(folder: Path) -> Callable[[Measured], Made]:
    """A maker of figures by measures on the latest snapshot of a folder, if it has any."""
    if not names(folder):
        return lambda way: Made(missing=NO_SNAPSHOT)
    return measured(lambda: latest(folder))


def reported(pack: Pack, case_list: Path | None) -> Callable[[ReportCell], Made]:
    """A maker of figures from the yearly reports."""

    @cache
    def cells(code: str, start, end) -> dict[str, Cell]:
        definition = pack.reports[code]
        rows = _on_record(definition.team, start, end) or _listed(pack, case_list)
        if not rows:
            return {}
        made = report(rows, settings_of(definition, pack), start, end, made_at=timezone.localtime())
        return {cell.key: cell for table in made.tables for line in table.cells for cell in line}

    def make(way: ReportCell) -> Made:
        found = cells(way.report, way.start, way.end)
        if not found:
            return Made(missing=NO_CASES)
        if way.key not in found:
            raise FigureError(f"The report {way.report} has no cell {way.key}.")
        cell = found[way.key]
        return Made(((cell.value if cell.exact is None else cell.exact,),))

    return make


def _on_record(team: str, start, end) -> list[CaseRow]:
    """The cases of the database, if there is one that is set up and has any."""
    try:
        return case_rows(team, start, end) if days_with_cases(team) else []
    except (DatabaseError, Team.DoesNotExist):
        return []


def _listed(pack: Pack, case_list: Path | None) -> list[CaseRow]:
    """The cases of a file."""
    if case_list is None:
        return []
    found = read_case_list(case_list, pack=pack, today=timezone.localdate())
    if found.faults:
        raise FigureError(f"{case_list.name} has faults: bring it in to see them.")
    return [
        CaseRow(
            opened=row.opened,
            category=row.category,
            area=row.locality,
            group=row.group,
            abuse=frozenset(row.abuse),
            risk_assessment=row.risk_assessment or None,
        )
        for row in found.rows
    ]
