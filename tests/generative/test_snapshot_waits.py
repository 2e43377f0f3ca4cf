"""The wait that a snapshot copies is the one that the pages tell."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onestory.support.rules.waiting import Stretch, wait
from tests.access.held import as_admin
from tests.generative.test_deletion import add

START = date(2025, 3, 1)
DAYS = st.integers(0, 60).map(lambda n: START + timedelta(days=n))
# From a day to the same or a later one, asked for by the survivor or by the service.
PAUSES = st.lists(st.tuples(DAYS, st.integers(0, 30), st.booleans()), max_size=4)


@pytest.fixture
def admin(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), as_admin() as admin:
        # Rows that hang on nothing, gone at the end.
        admin.execute("SET session_replication_role = replica")
        yield admin


def put(admin, decided, first, ended, pauses, still) -> str:
    """An episode with its pauses, the last of which may still go on."""
    case, episode = uuid4(), uuid4()
    known = {"decided_on": decided, "first_session_on": first, "ended_on": ended}
    add(admin, "support_episode", id=episode, case_id=case, **known)
    for n, (from_on, days, hers) in enumerate(pauses):
        until = None if still and n == len(pauses) - 1 else from_on + timedelta(days=days)
        said = {"from_on": from_on, "until_on": until}
        asked_by = "survivor" if hers else "service"
        add(admin, "support_pause", id=uuid4(), episode_id=episode, asked_by=asked_by, **said)
    return case


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(DAYS, st.none() | DAYS, st.none() | st.integers(0, 90), PAUSES, st.booleans())
def test_it_is_the_same_wait(admin, decided, first, lasted, pauses, still):
    ended = None if lasted is None else decided + timedelta(days=lasted)
    case = put(admin, decided, first, ended, pauses, still)
    days, paused, waiting, today = admin.execute(
        "SELECT stops_on - decided_on, paused_days, waiting, figures_day(now())"
        " FROM support_waits WHERE case_id = %s",
        [case],
    ).fetchone()
    stretches = [
        Stretch(
            from_on,
            None if still and n == len(pauses) - 1 else from_on + timedelta(days=lasting),
            hers,
        )
        for n, (from_on, lasting, hers) in enumerate(pauses)
    ]
    told = wait(decided, today, first_session_on=first, ended_on=ended, pauses=stretches)
    assert (days, paused, waiting) == (told.days, told.paused_by_survivor, not told.over)
