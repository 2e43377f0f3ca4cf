"""Two windows at the same moment, each on a connection of its own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from onestory.access.acting import acting
from onestory.kernel.errors import Stale
from onestory.kernel.ids import new_id
from onestory.support import actions
from onestory.support.models import Call, Episode, Session
from tests.supported import hold, meeting, referred, taken_on


@pytest.fixture
def as_(own_database):
    """As the fixture of the same name, where things are committed."""

    class As:
        def __init__(self, name):
            self.scope = acting(own_database.actor(name), purpose="test")

        def __enter__(self):
            return self.scope.__enter__().actor

        def __exit__(self, *error):
            return self.scope.__exit__(*error)

    return As


@pytest.fixture
def at_once(as_, django_db_blocker):
    """``at_once(one, other)``: Nora does each at the same time; what came of each."""

    def run(*deeds):
        start = Barrier(len(deeds))

        def do(deed):
            with django_db_blocker.unblock():
                try:
                    with as_("nora") as by:
                        start.wait(timeout=30)
                        return deed(by)
                except Stale as stale:
                    return stale
                finally:
                    connections.close_all()

        with ThreadPoolExecutor(len(deeds)) as threads:
            return [done.result() for done in [threads.submit(do, deed) for deed in deeds]]

    return run


def test_a_page_sent_twice_at_once_leaves_one_row(as_, at_once):
    case = taken_on(as_, referred(as_))
    call_id, session_id = new_id(), new_id()

    def call(by):
        return actions.record_call(
            by=by,
            team_id=by.home_team_id,
            person_id=case.person_id,
            call_id=call_id,
            outcome="answered",
        )

    def meet(by):
        return actions.record_session(
            by=by, case_id=case.pk, session_id=session_id, meeting=meeting(by), attended=True
        )

    assert {row.pk for row in at_once(call, call)} == {call_id}
    assert {row.pk for row in at_once(meet, meet)} == {session_id}
    with as_("nora"):
        assert (Call.objects.count(), Session.objects.count()) == (1, 1)
        assert Episode.objects.get(case=case).sessions_attended == 1


def test_of_two_who_take_a_case_on_one_is_shown_what_the_other_did(as_, at_once):
    case = taken_on(as_, referred(as_))
    deeds = [lambda by, days=days: hold(by, case, check_in_days=days) for days in (7, 28)]
    held, told_of = sorted(at_once(*deeds), key=lambda one: isinstance(one, Stale))
    assert isinstance(told_of, Stale) and told_of.theirs.check_in_days == held.check_in_days
    with as_("nora"):
        assert Episode.objects.get(case=case).version == 1
