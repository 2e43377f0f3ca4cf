"""Who works in the county: four in every team, those at the table of MARAC, a guardian and an
administrator.

Everybody's password is that of the small world, and its hash is made once.
"""

from django.contrib.auth.hashers import make_password

from onestory.access.acting import acting
from onestory.agencies.actions import add_membership, add_user
from onestory.agencies.actor import Actor, system_actor
from onestory.agencies.models import Team, User
from onestory.agencies.pack import pack
from onestory.agencies.roles import OWN_PAGES_TEAM
from synthetic.world import PASSWORD

OF_A_FRONT_DOOR = ("manager", "triage", "triage", "officer")
OF_ANOTHER_TEAM = ("manager", "practitioner", "practitioner", "officer")
OF_THE_TABLE = ("marac-coordinator", "marac-chair")


def add_staff() -> None:
    """Fill the teams of an empty area, as the system itself."""
    with acting(system_actor(), purpose="made-up county") as scope:
        teams = list(Team.objects.filter(ended_on=None).exclude(pk=OWN_PAGES_TEAM).order_by("code"))
        for team in teams:
            roles = OF_A_FRONT_DOOR if team.front_door else OF_ANOTHER_TEAM
            for number, role in enumerate(roles, start=1):
                _add(scope.actor, team, role, f"{team.code}-{number}")
        tables = {rule.coordinators for rule in pack().marac_rules}
        for team in (team for team in teams if team.code in tables):
            for role in OF_THE_TABLE:
                _add(scope.actor, team, role, role)
        for role in ("guardian", "administrator"):
            _add(scope.actor, teams[0], role, role)
        User.objects.filter(is_system=False).update(password=make_password(PASSWORD))


def _add(by: Actor, team: Team, role: str, mailbox: str) -> None:
    user = add_user(by=by, email=f"{mailbox}@example.org", name=f"{team.name} {mailbox[-1]}")
    add_membership(by=by, user=user, team=team, role=role)
