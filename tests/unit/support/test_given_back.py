"""A service closes while somebody waits for it: she, the holder and the sender are told; it counts."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from onestory.access.actions import bar, withdraw_consent
from onestory.agencies.models import Service
from onestory.cases.actions import (
    accept_referral,
    decide_contact,
    grade_contact,
    move_waiting,
    record_contact,
    return_referral,
)
from onestory.cases.models import Case, Referral
from onestory.cases.queries.hers import told_herself
from onestory.kernel.ids import new_id
from onestory.support import queries
from onestory.support.actions import agree_step, pause_wait, plan_session, set_goal
from onestory.support.models import Episode
from onestory.support.queries import mine
from onestory.support.queries.gone import given_back
from tests.brokering import brokered, share, tell
from tests.disclosures import case_facts, referring, target, told
from tests.own_pages import as_her, invite, make_codes, quick_numbers, redeem, user_of
from tests.supported import hold, meeting

__all__ = ["quick_numbers"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_numbers")]
DAYS = timedelta(days=3)
SERVICE = "sexual-violence-counselling"


@pytest.fixture
def waiting(as_):
    """Rowan, whom Tess referred to the counsellors. Theo holds her, and has planned something."""
    with as_("olu") as by:
        contact = record_contact(by=by, team_id=by.home_team_id, told=told())
    with as_("tess") as by:
        grade_contact(by=by, contact_id=contact.pk, version=0, rag="amber", reason="At home.")
        decision = referring(targets=(target("sericc-counselling", SERVICE),))
        decide_contact(by=by, contact_id=contact.pk, version=1, decision=decision)
        referral = Referral.objects.get(contact_id=contact.pk)
    with as_("theo") as by:
        accept_referral(by=by, referral_id=referral.pk, version=0, case=case_facts())
        case = Case.objects.get(referral_id=referral.pk)
        hold(by, case)
        ahead = meeting(by, starts_at=timezone.now() + DAYS)
        plan_session(by=by, case_id=case.pk, session_id=new_id(), meeting=ahead)
        today = timezone.localdate()
        pause_wait(by=by, case_id=case.pk, version=1, asked_by="survivor", from_on=today)
        set_goal(by=by, case_id=case.pk, goal_id=new_id(), words="To sleep at night")
        agreed = {"words": "Ring the doctor", "who": "Rowan"}
        agree_step(by=by, case_id=case.pk, step_id=new_id(), **agreed)
    return case


@pytest.fixture
def her(as_, client, waiting):
    """On her own pages, in a browser."""
    redeem(client, invite(as_, waiting.person_id, by="tess", judged="She knows."))
    make_codes(client)
    client.her = user_of(as_, waiting.person_id, by="tess")
    return client


@pytest.fixture
def close(waiting, world):
    """``close()``: Dina closes the service, in a browser of her own."""

    def act(what="return", **more):
        dina = Client()
        dina.force_login(world.user("dina"))
        service = Service.objects.get(code=SERVICE)
        said = {"version": service.version, "what": what, "words": "We are sorry.", **more}
        answer = dina.post(reverse("cases:close-service", args=[service.pk]), said)
        assert answer.status_code == 302, answer.content.decode()
        return read(dina, answer.url)

    return act


def read(client, path: str) -> str:
    return " ".join(client.get(path).content.decode().split())


def test_she_is_told_plainly_and_comes_to_no_closed_door(her, close):
    assert "Room 2" in read(her, "/n/d/")
    page = read(her, "/n/h/")
    assert "You have a place in the queue" in page and "Theo Marsh looks after this" in page
    assert "Something has changed" not in read(her, "/n/")
    close()
    assert "Room 2" not in read(her, "/n/d/")
    assert "Something has changed with your help" in read(her, "/n/")
    page = read(her, "/n/h/")
    assert "This service has closed. You do not wait for it any more." in page
    assert "Housing Safeguarding Team was told" in page and "looks after this" not in page


def test_of_her_plan_there_she_reads_that_nobody_works_on_it_with_her_now(her, close):
    page = read(her, "/n/p/")
    assert "To sleep at night" in page and "Ring the doctor" in page
    assert "Nobody works on it" not in page
    close()
    page = read(her, "/n/p/")
    assert "To sleep at night" in page and "Ring the doctor" not in page
    assert "had this with you. Nobody works on it with you now." in page


def test_who_held_her_is_told_at_once_and_not_of_whom(as_, client, world, waiting, close):
    with as_("theo") as by:
        assert given_back(by) == []
    close()
    with as_("theo") as by:
        (one,) = given_back(by)
        assert (one.reference, one.to_team.code) == (waiting.reference, "housing-safeguarding")
        assert not Episode.objects.filter(case_id=waiting.pk).exists()
    for name in ("dina", "isla", "tess"):
        with as_(name) as by:
            assert given_back(by) == []
    client.force_login(world.user("theo"))
    assert "1 person whom you held was given back" in read(client, "/")
    page = read(client, "/support/?show=people")
    assert f"case {waiting.reference} any more. Sexual violence counselling has closed." in page
    assert "Rowan" not in page


def test_moved_to_another_service_they_keep_their_turn_and_everybody_is_told(
    as_, her, client, world, close
):
    other = Service.objects.get(code="young-peoples-counselling")
    close("move", to_service=str(other.pk))
    assert "Room 2" in read(her, "/n/d/") and "Something has changed" in read(her, "/n/")
    page = read(her, "/n/h/")
    assert "Sexual violence counselling has closed. You wait for this now." in page
    theo = Client()
    theo.force_login(world.user("theo"))
    assert "Waited for Sexual violence counselling before" in read(theo, "/support/?show=people")


def test_the_wait_is_over_for_the_sender_too_and_counts_as_a_need_not_met(
    as_, client, world, waiting, close
):
    close()
    with as_("tess") as by:
        episode = Episode.objects.get(case_id=waiting.pk)
        assert (episode.ended_on, episode.end_reason) == (timezone.localdate(), "returned")
        assert episode.paused_since is None
        (leg,) = queries.journey(by, waiting.person_id)
        assert leg.wait.over and not leg.late
    client.force_login(world.user("tess"))
    page = read(client, f"/referrals/of/{waiting.person_id}/")
    assert "The service has closed" in page and "given back (" in page
    # What the figures of needs not met are made from.
    with as_("tess"):
        given_back_at, needs = Referral.objects.values_list("returned_at", "needs").get(
            pk=waiting.referral_id
        )
        assert given_back_at and needs


def test_what_was_given_back_unanswered_is_late_no_longer(as_, referral):
    with as_("tess") as by:
        ago = timezone.now() - DAYS
        Referral.objects.filter(pk=referral.pk).update(acknowledge_by=ago)
        assert len(mine.late(by).rows) == 1
    with as_("nora") as by:
        said = {"reason": "service-closed", "version": referral.version}
        return_referral(by=by, referral_id=referral.pk, **said)
    with as_("tess") as by:
        assert list(mine.late(by).rows) == []
        assert mine.counts(by, timezone.now(), timezone.localdate()).late == 0


@pytest.fixture
def barred(as_, waiting, world):
    """Dina, who manages the team, must not know of Rowan; and does not know that."""
    with as_("gwen") as by:
        bar(by=by, person_id=waiting.person_id, user=world.user("dina"), reason="Her cousin.")


def test_nobody_is_left_behind_from_whom_the_manager_who_closes_is_barred(
    as_, barred, waiting, close
):
    shown = close()
    assert "is closed." in shown and "told" not in shown and "Rowan" not in shown
    with as_("dina"):
        assert not Referral.objects.filter(pk=waiting.referral_id).exists()
    with as_("tess"):
        referral = Referral.objects.get(pk=waiting.referral_id)
        assert referral.returned_at and referral.returned_by.is_system
    with as_("theo") as by:
        assert len(given_back(by)) == 1


def test_they_are_moved_with_the_others_as_well(as_, barred, waiting):
    other = Service.objects.get(code="young-peoples-counselling")
    with as_("dina") as by:
        service = Service.objects.get(code=SERVICE)
        assert move_waiting(by=by, service_id=service.pk, to_service_id=other.pk) == []
    with as_("tess"):
        referral = Referral.objects.get(pk=waiting.referral_id)
        assert referral.service_id == other.pk and referral.returned_at is None


def test_nobody_but_herself_is_told_as_herself(as_, her, waiting):
    with as_her(her.her) as she:
        (asked,) = told_herself(she, waiting.person_id)
        assert asked.to_team.code == "sericc-counselling"
    for name in ("theo", "tess", "gwen"):
        with as_(name) as by:
            assert told_herself(by, waiting.person_id) == []


def test_if_the_service_does_not_close_nobody_is_given_back(as_, waiting, world):
    dina = Client()
    dina.force_login(world.user("dina"))
    service = Service.objects.get(code=SERVICE)
    said = {"version": service.version + 7, "what": "return", "words": ""}
    answer = dina.post(reverse("cases:close-service", args=[service.pk]), said)
    assert "Somebody else has changed this entry" in answer.content.decode()
    with as_("theo"):
        assert Referral.objects.get(pk=waiting.referral_id).returned_at is None


def test_for_what_she_took_back_nobody_is_late(as_):
    with as_("nora") as by:
        person_id = tell(by)
        (sent,) = brokered(by, person_id, share(SERVICE)).sent
        Referral.objects.filter(pk=sent.pk).update(acknowledge_by=timezone.now() - DAYS)
        (leg,) = queries.journey(by, person_id)
        assert leg.late and len(mine.late(by).rows) == 1
        withdraw_consent(by=by, consent_id=sent.consent_id, how="spoken", words="")
        (leg,) = queries.journey(by, person_id)
        assert leg.taken_back and not leg.late and mine.late(by).rows == []
        assert mine.counts(by, timezone.now(), timezone.localdate()).late == 0
