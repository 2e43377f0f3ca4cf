"""Accounts under a pseudonym for tests, and a second navigator elsewhere to hold one."""

import pytest

from onestory.access.acting import acting
from onestory.agencies.actions import add_membership, add_user
from onestory.agencies.actor import actor_of, system_actor
from onestory.agencies.models import Team
from onestory.sealed import actions
from onestory.sealed.actions import Told
from synthetic.world import PASSWORD

DEAN = {"first-name": "Dean", "last-name": "Teale", "phone": "07700 900456"}


def told(**changes) -> Told:
    """What a girl of fifteen told a navigator."""
    values = {
        "age": "13-15",
        "abuse": ("sexual-abuse",),
        "words": "He is older and drives. It was in his car.",
        "wants": "That it stops. Nobody at school may know.",
    }
    return Told(**{**values, **changes})


def opened(by, **changes):
    """An account of the actor's team, and its code."""
    return actions.open_account(by=by, team_id=by.home_team_id, told=told(**changes))


@pytest.fixture
def carol(db):
    """A navigator of Compass: another team of another organisation."""
    with acting(system_actor(), purpose="test") as scope:
        user = add_user(
            by=scope.actor, email="carol@example.org", name="Carol Ives", password=PASSWORD
        )
        compass = Team.objects.get(code="compass")
        add_membership(by=scope.actor, user=user, team=compass, role="navigator")
    return actor_of(user)
