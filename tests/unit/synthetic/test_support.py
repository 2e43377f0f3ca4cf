"""What the demonstration shows of the work with survivors."""

from onestory.support.queries import appointments, plan
from onestory.support.queries.calling import first_calls
from onestory.support.queries.mine import held
from synthetic import support


def test_ida_and_nora_hold_somebody_and_nora_has_a_call_to_make(world, as_):
    support.add(world)
    with as_("ida") as by:
        assert len(held(by).rows) == 1
        assert len(appointments(by, world.id("meera"))) == 1
        assert plan(by, world.id("meera")).open_goals[0].first.value == 3
    with as_("nora") as by:
        assert [row.person_id for row in first_calls(by).rows] == [world.id("amina")]
        (episode,) = held(by).rows
        assert (episode.support_attended, episode.sessions_attended) == (1, 0)
