"""Two people who answer the same question in the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connections

from onestory.access.acting import acting
from onestory.assessment import actions, queries
from onestory.assessment.models import Answer
from onestory.kernel.errors import Refused, Stale


def test_one_stands_and_the_other_is_shown_it(own_database):
    world = own_database
    meera = world.id("meera")
    with acting(world.actor("ida"), purpose="test") as scope:
        by = scope.actor
        sitting = actions.begin_sitting(
            by=by, team_id=by.home_team_id, person_id=meera, instrument="needs-assessment"
        )
    together = Barrier(2)

    def one(value):
        try:
            with acting(world.actor("ida"), purpose="test") as scope:
                together.wait()
                return actions.answer(
                    by=scope.actor, sitting_id=sitting.pk, question="housing.now", value=value
                )
        except Refused as refused:
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(one, ("street", "owner")))
    [saved] = [row for row in results if isinstance(row, Answer)]
    [stale] = [row for row in results if isinstance(row, Stale)]
    assert stale.theirs == saved
    with acting(world.actor("ida"), purpose="test") as scope:
        assert queries.known(scope.actor, meera)["housing.now"].value == saved.value
