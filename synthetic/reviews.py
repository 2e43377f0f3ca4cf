"""A review of serious harm in the demonstration: Mina proposed it, Gwen has confirmed it, Dina reads.

It concerns Rosa and Karl, of whom MARAC hears for the second time.
"""

from datetime import timedelta

from django.utils import timezone

from onestory.access.acting import acting
from onestory.inquiries import actions


def add(world) -> None:
    """As it says above."""
    with acting(world.actor("mina"), purpose="made-up area") as scope:
        by = scope.actor
        made = actions.propose(
            by=by,
            team_id=by.home_team_id,
            person_id=world.id("rosa"),
            part="harmed",
            what="adult",
            their_reference="SAR 2/2026",
            words="The safeguarding adults board; the last five years",
            handler_id=world.user("dina").pk,
            until_on=timezone.localdate() + timedelta(days=180),
        )
        actions.add_person(by=by, inquiry_id=made.pk, person_id=world.id("karl"), part="used-abuse")
    with acting(world.actor("gwen"), purpose="made-up area") as scope:
        actions.confirm(by=scope.actor, inquiry_id=made.pk)
