"""Meera's own pages in the demonstration: an invitation that nobody has used, and a message.

``meera-invitation`` in `world.things` is its code; WORD is what she and Ida agreed on.
"""

from onestory.access.acting import acting
from onestory.conversations.actions import write
from onestory.portal.actions import invite

WORD = "blue kettle"
MESSAGE = "Thank you for coming on Tuesday. Shall we look at your plan together next week?"


def add(world) -> None:
    """Ida invites Meera in person, and writes to her."""
    with acting(world.actor("ida"), purpose="made-up area") as scope:
        by, meera = scope.actor, world.id("meera")
        team = by.home_team_id
        made = invite(by=by, person_id=meera, team_id=team, how="in-person", word=WORD)
        write(by=by, person_id=meera, team_id=team, words=MESSAGE)
    world.things["meera-invitation"] = made.code
