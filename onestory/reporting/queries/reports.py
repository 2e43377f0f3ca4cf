"""Which yearly reports somebody may read, and the cases behind a figure in one."""

from uuid import UUID

from django.http import Http404

from onestory.agencies.actor import Actor
from onestory.agencies.area import Report as Definition
from onestory.agencies.area.compiled import Compiled
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.cases.queries.figures import cases_behind
from onestory.kernel.keyset import Window
from onestory.reporting.definitions import settings_of
from onestory.reporting.figures import Figure


def reports_for(by: Actor) -> list[Definition]:
    """The reports of the teams in which the actor may read the report."""
    teams = {hat.team for hat in by.hats if Permission.REPORT_READ in hat.permissions}
    return [report for report in pack().reports.values() if report.team in teams]


def report_for(by: Actor, code: str) -> Definition:
    """One of them. `Http404` for any other, as for one that is not there."""
    for report in reports_for(by):
        if report.code == code:
            return report
    raise Http404


def compiled_for(by: Actor) -> list[Compiled]:
    """The compiled reports of the teams in which the actor may read them. All of them are released."""
    teams = {hat.team for hat in by.hats if Permission.REPORT_RELEASED in hat.permissions}
    return [report for report in pack().compiled.values() if report.team in teams]


def compiled_report_for(by: Actor, code: str) -> Compiled:
    """One of them. `Http404` for any other, as for one that is not there."""
    for report in compiled_for(by):
        if report.code == code:
            return report
    raise Http404


def figure_for(by: Actor, report: Definition, key: str) -> Figure:
    """The figure that an address names. `Http404` if the report has none like it."""
    try:
        return Figure.of(key, settings_of(report, pack()))
    except ValueError as error:
        raise Http404 from error


def cases_of(
    by: Actor, report: Definition, figure: Figure, *, after: str = "", before: str = ""
) -> Window:
    """A page of the cases that make up a figure, as far as they are open to the actor."""
    return cases_behind(
        by,
        team_id=_team_id(by, report.team),
        opened=(figure.selection.start, figure.selection.end),
        narrowed=figure.condition,
        after=after,
        before=before,
    )


def _team_id(by: Actor, team: str) -> UUID:
    return next(hat.team_id for hat in by.hats if hat.team == team)
