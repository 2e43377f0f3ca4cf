"""The case list of the made-up team, brought in as a manager brings it in."""

from django.utils import timezone

from onestory.access.acting import acting
from onestory.agencies.actor import Actor
from onestory.agencies.pack import pack
from onestory.cases.actions.case_list import import_case_list
from onestory.cases.case_list import read_case_list
from onestory.reporting.definitions import settings_of
from synthetic.world import World
from tests.housing_safeguarding import CASE_LIST

REPORT = TEAM = "housing-safeguarding"
PAGE = f"/reports/{REPORT}/"
YEARS = "?from=2015-04-01&to=2018-03-31"


def bring_in(by: Actor) -> None:
    """The 685 cases of the list, for the team of a manager."""
    found = read_case_list(CASE_LIST, pack=pack(), today=timezone.localdate())
    import_case_list(by=by, team_id=by.home_team_id, case_list=found)


def bring_in_for_good(world: World) -> None:
    """The same, committed, so that the figures can see it."""
    with acting(world.actor("mina"), purpose="test") as scope:
        bring_in(scope.actor)


def settings():
    """The words of the report, from the area pack."""
    return settings_of(pack().reports[REPORT], pack())
