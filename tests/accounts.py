"""Accounts under a pseudonym for tests. Nora keeps one, Wren another, elsewhere."""

from onestory.sealed import actions
from onestory.sealed.actions import Told

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
