"""What a team knew on a day, and what it read: each step committed, so that the clock runs."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connections
from django.utils import timezone

from onestory.access import actions, queries
from onestory.access.acting import acting, now
from onestory.access.models import Envelope, Grant
from onestory.access.rules.consent import State
from onestory.agencies.actor import actor_of
from onestory.kernel.errors import Refused
from onestory.people.models import Identity
from tests import consenting
from tests.access.raw import refused
from tests.consenting import COUNSELLING, EVERYDAY, IDVA, ISVA, open_own_pages, record_rosa, team

pytestmark = pytest.mark.slow


@pytest.fixture
def as_(own_database):
    return lambda who: Acting(own_database.actor(who))


class Acting:
    def __init__(self, actor):
        self.scope = acting(actor, purpose="people:person")

    def __enter__(self):
        return self.scope.__enter__().actor

    def __exit__(self, *error):
        return self.scope.__exit__(*error)


@pytest.fixture
def rosa(as_):
    return record_rosa(as_)


@pytest.fixture
def ask(as_, rosa):
    return partial(consenting.ask, as_, rosa)


@pytest.fixture
def decide(as_, rosa):
    return partial(consenting.decide, as_, rosa)


def read(as_, who, person):
    with as_(who):
        assert list(Identity.objects.filter(person_id=person))


def standing(as_, person):
    with as_("nora") as by:
        return queries.consents(by, person)


def kinds_open(as_, who, person):
    with as_(who) as by:
        return set(queries.open_envelopes(by, person))


def test_taking_it_back_closes_at_once_and_what_was_read_stays(as_, rosa, ask):
    consent = ask()
    read(as_, "isla", rosa)
    with as_("nora") as by:
        actions.withdraw_consent(by=by, consent_id=consent.pk, how="spoken", words="Enough.")
    assert not kinds_open(as_, "isla", rosa)
    [one] = standing(as_, rosa)
    assert (one.state, one.open) == (State.WITHDRAWN, [])
    assert one.withdrawals[0].withdrawn_by.name == "Nora Fielding"
    with as_("nora") as by:
        [isva] = [k for k in queries.who_knows(by, rosa) if k.team.code == ISVA]
    assert not isva.is_live
    assert isva.last_read and isva.readers == ("Isla Quinn",)


def test_a_grant_rests_on_what_was_asked_now_of_that_team(as_, rosa, ask, decide):
    """Nobody hangs a grant on a yes to something else."""
    refusal = ask(answer="refused", to=COUNSELLING)
    earlier = ask()
    shared = decide()
    with as_("nora") as by:
        story = Envelope.objects.get(person_id=rosa, kind="story")
        for to, link in (
            (ISVA, {"consent_id": earlier.pk}),
            (COUNSELLING, {"consent_id": refusal.pk}),
            (COUNSELLING, {"without_consent_id": shared.pk}),
            (IDVA, {"without_consent_id": uuid4()}),
        ):
            with refused("row-level security"):
                grant(by, story, to, **link)


def grant(by, envelope, to, **link):
    return Grant.objects.create(
        envelope=envelope,
        team=team(to),
        purpose="support",
        basis="consent",
        starts_at=now() + timedelta(seconds=1),
        given_by_id=by.user_id,
        given_at=now(),
        **link,
    )


def test_she_sees_who_opened_it_but_not_by_what_she_must_not_be_told(as_, rosa, ask, decide):
    account = open_own_pages(as_, rosa)
    ask()
    decide(told=False, not_told_reason="He reads her telephone.")
    for who in ("isla", "ida"):
        read(as_, who, rosa)
    with acting(actor_of(account), purpose="portal:knows") as scope:
        list(Identity.objects.filter(person_id=rosa))
    with acting(actor_of(account), purpose="portal:knows") as scope:
        shown = queries.shown_to_her(scope.actor, rosa)
    # Her own reading is no opening; Ida's stays hidden with the share that it rests on.
    assert {(o.team.code, o.who, o.kinds) for o in shown.openings if o.team.code == ISVA} == {
        (ISVA, "Isla Quinn", ("identity",))
    }
    assert IDVA not in {o.team.code for o in shown.openings}
    with as_("gwen") as by:
        assert {"Isla Quinn", "Ida Brennan"} <= {o.who for o in queries.shown(by, rosa).openings}


def test_what_a_team_knew_on_a_day(as_, rosa, ask):
    today = timezone.localdate()
    consent = ask()
    read(as_, "isla", rosa)
    with as_("nora") as by:
        actions.withdraw_consent(by=by, consent_id=consent.pk, how="spoken", kinds=("story",))
        known = queries.known_on(by, rosa, team(ISVA).pk, today)
        # Today it knew all of it, for a while; tomorrow only what is left, and yesterday nothing.
        assert known.kinds == list(EVERYDAY)
        assert known.rows["identity"] == {"people_identity": 1}
        assert [(o.who, o.kinds) for o in known.openings] == [("Isla Quinn", ("identity",))]
        tomorrow = queries.known_on(by, rosa, team(ISVA).pk, today + timedelta(days=1))
        assert tomorrow.kinds == ["identity", "safe-contact"]
        yesterday = queries.known_on(by, rosa, team(ISVA).pk, today - timedelta(days=1))
        assert (yesterday.kinds, yesterday.rows, yesterday.openings) == ([], {}, [])
    with as_("gwen") as by:
        assert queries.known_on(by, rosa, team(ISVA).pk, today).kinds == list(EVERYDAY)
    for who in ("ida", "olu"):
        with as_(who) as by:
            known = queries.known_on(by, rosa, team(ISVA).pk, today)
            assert (known.kinds, known.rows, known.openings) == ([], {}, [])


def at_once(unblocked, *deeds):
    """Each on a connection of its own; what came of each."""
    start = Barrier(len(deeds))

    def do(deed):
        with unblocked():
            try:
                return deed(start)
            except Refused as refused:
                return refused
            finally:
                connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as threads:
        return [done.result() for done in [threads.submit(do, deed) for deed in deeds]]


def test_two_who_take_it_back_at_once(as_, rosa, ask, django_db_blocker):
    """One does it; the other is told that it is done."""
    consent = ask()

    def take_back(start):
        with as_("nora") as by:
            start.wait(timeout=10)
            return actions.withdraw_consent(by=by, consent_id=consent.pk, how="spoken")

    came = at_once(django_db_blocker.unblock, take_back, take_back)
    assert sorted(isinstance(one, Refused) for one in came) == [False, True]
    [one] = standing(as_, rosa)
    assert (one.state, len(one.withdrawals)) == (State.WITHDRAWN, 1)


def test_two_who_ask_at_once_make_one_consent(as_, rosa, django_db_blocker):
    def ask(start):
        with as_("nora") as by:
            start.wait(timeout=10)
            return actions.record_consent(
                by=by,
                person_id=rosa,
                team_id=by.home_team_id,
                to_team_id=team(ISVA).pk,
                **consenting.ASKED,
            )

    came = at_once(django_db_blocker.unblock, ask, ask)
    assert len({one.pk for one in came}) == 1
    assert len(standing(as_, rosa)) == 1
