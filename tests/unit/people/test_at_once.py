"""Two people who act on the same thing in the same moment: one wins, and the other is told."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connections

from onestory.access.acting import acting
from onestory.kernel.errors import Refused, Stale
from onestory.people import actions
from onestory.people.actions import Facts
from onestory.people.models import Identity, MatchNotice, Phone


def both(world, act):
    """Run `act` as Olu twice at the same time, each in a transaction of its own."""
    together = Barrier(2)

    def one(number):
        try:
            with acting(world.actor("olu"), purpose="test") as scope:
                together.wait()
                return act(scope.actor, number)
        except Refused as refused:
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(one, range(2)))


def rows(world, model, **conditions):
    with acting(world.actor("olu"), purpose="test"):
        return list(model.objects.filter(**conditions))


def test_one_of_two_edits_is_stale_and_shown_the_other(own_database):
    world = own_database
    sara = world.id("sara")
    [seen] = rows(world, Identity, person_id=sara, superseded_at=None)

    def change(by, number):
        facts = Facts("Sara", f"Name{number}")
        return actions.change_identity(by=by, person_id=sara, seen_id=seen.pk, facts=facts)

    results = both(world, change)
    [stale] = [one for one in results if isinstance(one, Stale)]
    [saved] = [one for one in results if isinstance(one, Identity)]
    assert stale.theirs == saved
    assert rows(world, Identity, person_id=sara, superseded_at=None) == [saved]


def test_the_envelope_that_nobody_had_is_made_once(own_database):
    world = own_database
    ellie = world.id("ellie")

    def add(by, number):
        return actions.add_phone(by=by, person_id=ellie, number=f"0770090090{number}", safe="no")

    for number, one in enumerate(both(world, add)):
        if isinstance(one, Refused):  # whose transaction began first, and came second
            assert "Save it again" in one.reason
            with acting(world.actor("olu"), purpose="test") as scope:
                add(scope.actor, number)
    phones = rows(world, Phone, person_id=ellie)
    assert {phone.number[-1] for phone in phones} == {"0", "1"}
    assert len({phone.envelope_id for phone in phones}) == 1


def test_a_notice_is_settled_once(own_database):
    world = own_database
    [notice] = rows(world, MatchNotice, person_id=world.id("derek"))

    def settle(by, number):
        return actions.settle_notice(by=by, notice_id=notice.pk, how=("same", "different")[number])

    results = both(world, settle)
    assert sum(isinstance(one, Refused) for one in results) == 1


def test_two_records_are_not_joined_to_each_other(own_database):
    world = own_database
    with acting(world.actor("mina"), purpose="test") as scope:
        mina = scope.actor
        pair = [
            actions.add_person(by=mina, team_id=mina.home_team_id, facts=Facts("Wyn", name)).pk
            for name in ("Ash", "Ashe")
        ]
    together = Barrier(2)

    def join(number):
        try:
            with acting(world.actor("mina"), purpose="test") as scope:
                together.wait()
                return actions.join(
                    by=scope.actor,
                    kept_id=pair[number],
                    joined_id=pair[1 - number],
                    reason="Same letter.",
                )
        except Refused as refused:
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(join, range(2)))
    assert sum(isinstance(one, Refused) for one in results) == 1
