"""Two people at the same moment, each on a connection of their own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest
from django.db import connections

from onestory.access.acting import acting
from onestory.access.models import Consent
from onestory.agencies.actions import add_membership
from onestory.agencies.actor import system_actor
from onestory.agencies.models import Team
from onestory.cases import actions
from onestory.cases.models import Contact, Referral
from onestory.cases.rules.decisions import Decision
from onestory.kernel.errors import Stale
from onestory.kernel.opening import Opening
from tests.brokering import NEEDS, share, tell
from tests.disclosures import referring, told, typed


@pytest.fixture
def at_once(own_database, django_db_blocker):
    """``at_once(one, other)``: each does (name, deed) at the same time; what came of each."""

    def run(*deeds):
        start = Barrier(len(deeds))

        def do(name, deed):
            with django_db_blocker.unblock():
                try:
                    with acting(own_database.actor(name), purpose="test") as scope:
                        start.wait(timeout=10)
                        return deed(scope.actor)
                except Stale as stale:
                    return stale
                finally:
                    connections.close_all()

        with ThreadPoolExecutor(len(deeds)) as threads:
            return [done.result() for done in [threads.submit(do, *deed) for deed in deeds]]

    return run


def test_two_decide_and_one_is_told_what_the_other_did(at_once, own_database):
    with acting(own_database.actor("olu"), purpose="test") as scope:
        by = scope.actor
        contact = actions.record_contact(by=by, team_id=by.home_team_id, told=told())
    with acting(own_database.actor("tess"), purpose="test") as scope:
        actions.grade_contact(
            by=scope.actor, contact_id=contact.pk, version=0, rag="red", reason="Knife."
        )

    def decide(decision):
        return lambda by: actions.decide_contact(
            by=by, contact_id=contact.pk, version=1, decision=decision()
        )

    advice = Decision("advice", "safety")
    came = at_once(("tess", decide(lambda: referring("idva"))), ("mina", decide(lambda: advice)))
    decided, told_of = sorted(came, key=lambda one: isinstance(one, Stale))
    assert isinstance(decided, Contact) and "has decided this already" in told_of.reason
    assert told_of.theirs.outcome == decided.outcome
    with acting(own_database.actor("tess"), purpose="test"):
        sent = Referral.objects.filter(contact_id=contact.pk).count()
    assert sent == (decided.outcome == "referral")


def test_a_double_click_sends_one_contact(at_once, own_database):
    with acting(own_database.actor("olu"), purpose="test") as scope:
        draft = actions.start_draft(by=scope.actor)
        for page, answers in typed().items():
            draft = actions.save_draft(
                by=scope.actor, draft_id=draft.pk, page=page, typed=answers, opening=Opening("one")
            )

    def send(by):
        return actions.send_contact(by=by, draft_id=draft.pk, version=draft.version)

    one, other = at_once(("olu", send), ("olu", send))
    assert one.pk == other.pk


def test_who_began_earlier_sees_what_a_colleague_has_just_sent(own_database, django_db_blocker):
    begun, sent = Event(), Event()

    def look():
        with django_db_blocker.unblock():
            try:
                with acting(own_database.actor("olu"), purpose="test"):
                    begun.set()
                    sent.wait(timeout=10)
                    return Contact.objects.count()
            finally:
                connections.close_all()

    with acting(own_database.actor("olu"), purpose="test"):
        before = Contact.objects.count()
    with ThreadPoolExecutor(1) as threads:
        seen = threads.submit(look)
        begun.wait(timeout=10)
        with acting(own_database.actor("olu"), purpose="test") as scope:
            by = scope.actor
            actions.record_contact(by=by, team_id=by.home_team_id, told=told())
        sent.set()
        assert seen.result() == before + 1


@pytest.fixture
def rosa(own_database):
    """Told it to Nora; and Wren has joined Nora's team, beside her own."""
    with acting(system_actor(), purpose="test") as scope:
        team = Team.objects.get(code="sericc-first-contact")
        add_membership(by=scope.actor, user=own_database.user("wren"), team=team, role="navigator")
    with acting(own_database.actor("nora"), purpose="test") as scope:
        return tell(scope.actor)


def choices_of(own_database, name: str, person_id, *codes: str):
    with acting(own_database.actor(name), purpose="test") as scope:
        team = Team.objects.get(code="sericc-first-contact")
        return actions.begin_brokering(
            by=scope.actor, person_id=person_id, team_id=team.pk, services=codes
        )


def sending(choices, *codes: str):
    def send(by):
        return actions.send_brokering(
            by=by,
            brokering_id=choices.pk,
            version=choices.version,
            shares=[share(code) for code in codes],
            needs=NEEDS,
        )

    return send


def test_two_navigators_broker_for_one_person_and_nothing_is_sent_twice(
    at_once, own_database, rosa
):
    """Each has chosen by themselves. Both are told what was sent, and what had been asked already."""
    nora = choices_of(own_database, "nora", rosa, "isva", "sexual-violence-counselling")
    wren = choices_of(own_database, "wren", rosa, "sexual-violence-counselling", "isva")
    assert nora.pk != wren.pk
    first, second = sorted(
        at_once(
            ("nora", sending(nora, "isva", "sexual-violence-counselling")),
            ("wren", sending(wren, "sexual-violence-counselling", "isva")),
        ),
        key=lambda done: len(done.already),
    )
    assert (len(first.referrals), first.already) == (2, [])
    assert second.referrals == [] and set(second.already) == set(first.referrals)
    assert first.sent_at and second.sent_at
    with acting(own_database.actor("nora"), purpose="test"):
        assert {row.pk for row in Referral.objects.filter(person_id=rosa)} == set(first.referrals)
        assert Consent.objects.filter(person_id=rosa, answer="given").count() == 2
    with acting(own_database.actor("isla"), purpose="test"):
        assert Referral.objects.filter(person_id=rosa).count() == 1
