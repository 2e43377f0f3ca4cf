"""The directory: kept by the teams themselves, with what stood there before."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from onestory import setup
from onestory.agencies import actions, queries
from onestory.agencies.forms.directory import ServiceForm
from onestory.agencies.models import Service, ServiceChange
from onestory.agencies.queries import Filters
from onestory.kernel.errors import Refused, Stale
from synthetic import directory as made_up
from tests.signing_in import browser, on_the_record, staff

__all__ = ["browser", "staff"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def counselling(world) -> Service:
    return Service.objects.get(code="young-peoples-counselling")


def changed(service, **values) -> dict:
    return {**ServiceForm.of(service), **values}


def keep(by, service, **values) -> Service:
    return actions.keep_service(
        by=by, service_id=service.pk, version=service.version, values=changed(service, **values)
    )


def test_the_directory_begins_with_the_area_pack(counselling):
    assert (counselling.age_from, counselling.age_to, counselling.places) == (13, 25, 60)
    assert counselling.routes == ["self", "professional"]
    assert counselling.checked_by is None
    refuge = Service.objects.get(code="refuge-place")
    assert refuge.confidential
    assert refuge.address == refuge.postcode == ""


def test_its_team_keeps_it_and_what_stood_there_stays(as_, counselling):
    with as_("dina") as dina:
        kept = keep(dina, counselling, wait_days=49, phone="01632 960123", age_to=24)
    assert (kept.wait_days, kept.wait_by_id, kept.checked_by_id) == (49, *[dina.user_id] * 2)
    with as_("dina"):
        (change,) = queries.history(kept.pk).rows
        assert (change.verb, change.by_id) == ("keep", dina.user_id)
        assert change.changed == {
            "wait_days": [None, 49],
            "phone": ["", "01632 960123"],
            "age_to": [25, 24],
        }
    (entry,) = on_the_record(as_, "service.keep")
    assert entry.detail == {"changed": ["age_to", "phone", "wait_days"]}


def test_where_a_place_was_is_not_in_its_history(as_, counselling):
    with as_("dina") as dina:
        kept = keep(dina, counselling, address="1 Dock Road", postcode="RM17 6AA")
        kept = keep(dina, kept, confidential=True, address="", postcode="")
        assert "Dock" not in str([change.changed for change in queries.history(kept.pk).rows])


def test_a_confidential_place_has_no_address_whoever_writes_it(as_, counselling):
    with as_("dina") as dina:
        with pytest.raises(Refused, match="no address"):
            keep(dina, counselling, confidential=True, address="1 Dock Road")
        with pytest.raises(Refused, match="postcode"):
            keep(dina, counselling, confidential=True, notes="We are at rm17 6aa, ring twice")
        with pytest.raises(IntegrityError), transaction.atomic():
            Service.objects.filter(pk=counselling.pk).update(
                confidential=True, address="1 Dock Road"
            )


def test_another_team_may_not_touch_it(as_, counselling):
    for name in ("mina", "theo", "isla"):
        with as_(name) as by, pytest.raises(Http404):
            keep(by, counselling, summary="Something else")
    with as_("mina"):
        assert not Service.objects.filter(pk=counselling.pk).update(summary="By the back door")
        assert not ServiceChange.objects.exists()
    assert not Service.objects.filter(pk=counselling.pk).update(summary="By nobody")


def test_two_who_change_it_at_once(as_, counselling):
    with as_("dina") as dina:
        keep(dina, counselling, wait_days=10)
        with pytest.raises(Stale) as stale:
            keep(dina, counselling, wait_days=20)
    assert stale.value.theirs.wait_days == 10


def test_setting_up_again_leaves_what_its_team_has_kept(as_, counselling):
    with as_("dina") as dina:
        keep(dina, counselling, summary="In our own words", accepting=False)
        closed = Service.objects.get(code="sexual-violence-counselling")
        actions.close_service(by=dina, service_id=closed.pk, version=0, waiting=lambda _: 0)
    setup.load_pack_of("thurrock")
    counselling.refresh_from_db()
    assert (counselling.summary, counselling.accepting) == ("In our own words", False)
    assert Service.objects.get(code="drop-in").summary.startswith("One-off advice")
    assert Service.objects.get(code="sexual-violence-counselling").ended_on == timezone.localdate()


def test_a_service_with_people_waiting_does_not_close(as_, counselling):
    with as_("dina") as dina:
        close = {"by": dina, "service_id": counselling.pk, "version": 0}
        with pytest.raises(Refused, match="3 people wait"):
            actions.close_service(**close, waiting=lambda service_id: 3)
        closed = actions.close_service(**close, waiting=lambda service_id: 0)
        assert closed not in queries.directory(Filters(words=closed.name)).rows
        again = actions.reopen_service(by=dina, service_id=closed.pk, version=closed.version)
        assert again.ended_on is None


def test_what_nobody_confirms_goes_stale(as_, counselling):
    with as_("dina") as dina:
        assert counselling in queries.stale(dina)
        kept = actions.confirm_service(by=dina, service_id=counselling.pk, version=0)
        assert counselling not in queries.stale(dina)
        Service.objects.filter(pk=kept.pk).update(checked_at=timezone.now() - timedelta(days=91))
        assert counselling in queries.stale(dina)
    with as_("theo") as theo:
        assert not queries.stale(theo)


def test_the_made_up_entries_are_kept_as_on_the_page(world):
    made_up.keep(world)
    kept = Service.objects.get(code="sexual-violence-counselling")
    assert (kept.wait_days, kept.checked_by.name) == (49, "Dina Rowe")
    assert kept.opening == ["mon-fri 09:00-17:00"]


@pytest.mark.parametrize(
    ("filters", "there", "not_there"),
    [
        (Filters(need="counselling"), "young-peoples-counselling", "drop-in"),
        (Filters(age=12), "young-childrens-support", "young-peoples-counselling"),
        (Filters(age=13), "young-peoples-counselling", "sexual-violence-counselling"),
        (Filters(locality="tilbury"), "young-peoples-counselling", ""),
        (Filters(locality="outside-thurrock"), "refuge-place", "young-peoples-counselling"),
        (Filters(words="refuge dispersed"), "dispersed-home", "refuge-place"),
        (Filters(words="sericc YOUNG"), "young-peoples-counselling", "refuge-place"),
        (Filters(words="😀"), "", "refuge-place"),
    ],
)
def test_finding_a_service(world, filters, there, not_there):
    found = {service.code for service in queries.directory(filters).rows}
    assert not there or there in found
    assert not_there not in found


@pytest.fixture
def dina(browser):
    return browser("dina")


def test_the_pages(dina, counselling, django_assert_max_num_queries):
    dina.get("/services/")
    with django_assert_max_num_queries(14):
        page = dina.get("/services/", {"need": "counselling"}).content.decode()
    assert "Young people&#x27;s counselling" in page
    assert "never confirmed" in page
    url = reverse("agencies:service", args=[counselling.pk])
    assert "Its team has not confirmed it yet" in dina.get(url).content.decode()
    dina.post(reverse("agencies:confirm-service", args=[counselling.pk]), {"version": "0"})
    page = dina.get(url).content.decode()
    assert "Confirmed by Dina Rowe" in page
    assert "Still right" in page
    assert "may be out of date" in dina.get("/").content.decode()


def test_changing_an_entry_on_its_page(dina, counselling):
    url = reverse("agencies:keep-service", args=[counselling.pk])
    page = dina.get(url)
    form = page.context["form"]
    sent = {
        name: value for name in form.fields if (value := form[name].value()) not in (None, False)
    }
    sent |= {"version": "0", "opening": "Weekdays 9am to whenever", "notes": "a" * 700}
    page = dina.post(url, sent)
    assert "cannot be read" in page.content.decode()
    assert "Weekdays 9am to whenever" in page.content.decode()
    sent |= {"opening": "Weekdays 9am to 5pm", "notes": "Ring the bell 🔔 مرحبا", "wait_days": "7"}
    assert dina.post(url, sent).status_code == 302
    counselling.refresh_from_db()
    assert counselling.opening == ["mon-fri 09:00-17:00"]
    assert (counselling.wait_days, counselling.notes) == (7, "Ring the bell 🔔 مرحبا")
    stale = dina.post(url, sent | {"notes": "Written in another window"}).content.decode()
    assert "Somebody else has changed this entry" in stale
    assert "Written in another window" in stale


def test_who_comes_to_the_pages(client, browser, counselling):
    url = reverse("agencies:service", args=[counselling.pk])
    keep_url = reverse("agencies:keep-service", args=[counselling.pk])
    assert client.get(url).status_code == 302
    theo = browser("theo")
    assert theo.get(url).status_code == 200
    assert "What was changed" not in theo.get(url).content.decode()
    for path in (keep_url, reverse("agencies:confirm-service", args=[counselling.pk])):
        assert theo.post(path).status_code == 404
