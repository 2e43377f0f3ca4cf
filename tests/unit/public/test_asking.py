"""Asking for support: page by page, saved or not, sent once, and where it stands."""

import json
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from onestory.agencies.sealed import unseal
from onestory.cases.actions import decide_contact, grade_contact
from onestory.cases.models import Contact
from onestory.cases.queries.worklist import counts, decisions_to_see
from onestory.cases.rules.decisions import Decision
from onestory.people.models import Identity, Phone, SafeContact
from onestory.people.queries import find
from onestory.public import actions
from onestory.public.actions import knocking
from onestory.public.models import Asking
from onestory.public.sitting import PURPOSE
from tests.askings import A_FRIEND, HERSELF, answer, come_back, page, shown_codes

pytestmark = pytest.mark.django_db
CHECK, SENT = "/help/ask/check/", "/help/ask/sent/"


@pytest.fixture(autouse=True)
def _area(world):
    """The public pages need an area, and nobody signed in."""


def send(client, answers=HERSELF) -> tuple[str, str]:
    answer(client, answers)
    assert client.post(CHECK, {"agree": "on"}).url == SENT
    return shown_codes(client, "sent")


def contacts(as_) -> list[Contact]:
    with as_("tess"):
        return list(Contact.objects.filter(channel="form").order_by("id"))


def named(reference: str) -> Asking:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('onestory.asking', %s, true)", [reference])
    return Asking.objects.get()


def test_it_becomes_one_contact_at_the_front_door_that_she_chose(client, as_):
    reference, code = send(client)
    (contact,) = contacts(as_)
    with as_("tess"):
        assert contact.to_team.code == "housing-safeguarding"
        assert reference in contact.words
        assert "🔑" in contact.words
        assert (contact.source, contact.danger_now) == ("self", False)
        assert Identity.objects.get(person_id=contact.person_id).given_name == "Q"
        safe = SafeContact.objects.get(person_id=contact.person_id)
        assert (safe.safe_to_call, safe.voicemail, safe.must_not_know) == (
            "yes",
            "no",
            "My husband",
        )
        assert Phone.objects.get(person_id=contact.person_id).number == "+447700900123"
    for name in ("nora", "cass", "ida"):
        with as_(name):
            assert not Contact.objects.filter(pk=contact.pk).exists()
    asking = named(reference)
    assert (asking.sealed, asking.contact_id, asking.reach) == ("", contact.pk, "call")


def test_her_reference_finds_her_for_those_whom_she_told(client, as_):
    reference, _ = send(client)
    (contact,) = contacts(as_)
    for typed in (reference, reference.lower().replace("-", ""), f"Q {reference}"):
        with as_("tess") as by:
            found = find(by, typed)[0]
        assert found.person.pk == contact.person_id and found.verdict == "likely"
        assert f"Same reference ({reference})" in found.reasons
    for name in ("nora", "cass", "ida", "bart"):
        with as_(name) as by:
            seen = {one.person.pk for one in find(by, reference)}
        assert (contact.person_id in seen) is (name == "bart"), name


def test_its_decision_waits_for_nobody_to_see_it(client, as_):
    """The front door decides what was asked of it, and has no sender to tell."""
    send(client)
    (contact,) = contacts(as_)
    with as_("tess") as by:
        graded = grade_contact(
            by=by, contact_id=contact.pk, version=contact.version, rag="green", reason="Safe now."
        )
        decision = Decision("advice", "safety", "Told her how to leave safely.")
        decide_contact(by=by, contact_id=contact.pk, version=graded.version, decision=decision)
        assert decisions_to_see(by).rows == []
        assert counts(by, timezone.now()).decisions == 0


def test_sent_twice_it_is_one(client, as_):
    answer(client, HERSELF)
    before = client.session["sitting"]
    assert client.post(CHECK, {"agree": "on"}).url == SENT
    codes = shown_codes(client, "sent")
    session = client.session
    session["sitting"] = before  # The second click left the browser before the first was answered.
    session.save()
    assert client.post(CHECK, {"agree": "on"}).url == SENT
    assert shown_codes(client, "sent") == codes
    assert len(contacts(as_)) == 1


def test_somebody_elses_friend(client, as_):
    send(client, A_FRIEND)
    (contact,) = contacts(as_)
    with as_("tess"):
        safe = SafeContact.objects.get(person_id=contact.person_id)
        assert safe.safe_to_call == "unknown"
        assert not Phone.objects.filter(person_id=contact.person_id).exists()
        assert (contact.source, contact.basis) == ("family-or-friend", "safeguarding")


def test_without_a_name_and_in_danger(client, as_):
    answers = HERSELF | {"name": {}, "now": {"danger": "yes"}, "reach": {"reach": "none"}}
    send(client, {k: v for k, v in answers.items() if k not in ("number", "when", "voice")})
    (contact,) = contacts(as_)
    assert contact.danger_now
    with as_("tess"):
        assert Identity.objects.get(person_id=contact.person_id).given_name == ""


def test_reference_and_code_show_where_it_stands_and_nothing_more(client, as_, django_user_model):
    reference, code = send(client)
    client.cookies.clear()
    page = come_back(client, reference.lower(), code.replace("-", " "))
    assert "Nobody has read it yet" in page.content.decode()
    (contact,) = contacts(as_)
    with as_("tess") as tess:
        grade = {"by": tess, "contact_id": contact.pk}
        grade_contact(**grade, version=0, rag="amber", reason="He has her keys.")
    assert "Somebody is reading" in come_back(client, reference, code).content.decode()
    with as_("tess") as tess:
        decision = Decision("advice", reason="safety", words="Spoke to her.")
        decide_contact(by=tess, contact_id=contact.pk, version=1, decision=decision)
    page = come_back(client, reference, code).content.decode()
    assert "Somebody will call you" in page
    for told in ("keys", "Q", "900123", "husband", "Housing"):
        assert f">{told}" not in page
        assert told == "Q" or told not in page


def test_nothing_is_saved_unless_she_wishes(client):
    answer(client, HERSELF, until="name")
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_data FROM agencies_session")
        kept = " ".join(row[0] for row in cursor.fetchall())
    assert "keys" not in kept
    reference = json.loads(unseal(client.session["sitting"], PURPOSE))["reference"]
    with pytest.raises(Asking.DoesNotExist):
        named(reference)


def test_saved_and_opened_on_another_day_in_another_browser(client):
    answer(client, HERSELF, until="name")
    kept = client.post(page("name"), {"first": "Li", "save": "yes"})
    assert kept.url == reverse("public:kept")
    reference, code = shown_codes(client, "kept")
    assert "He took my keys" not in named(reference).sealed
    client.cookies.clear()
    assert come_back(client, reference, code).url == page("reach")
    assert client.get(page("name")).context["form"]["first"].value() == "Li"
    assert client.get(page("words")).context["form"]["words"].value() == HERSELF["words"]["words"]


def test_saving_an_empty_page_saves_what_there_is(client):
    answer(client, HERSELF, until="most")
    assert client.post(page("most"), {"save": "yes"}).url == reverse("public:kept")
    reference, code = shown_codes(client, "kept")
    client.cookies.clear()
    assert come_back(client, reference, code).url == page("most")


def test_a_wrong_code_opens_nothing_and_after_five_nor_does_the_right_one(client):
    answer(client, HERSELF, until="name")
    client.post(page("name"), {"save": "yes"})
    reference, code = shown_codes(client, "kept")
    client.cookies.clear()
    for _ in range(5):
        assert "do not open anything" in come_back(client, reference, "0000-0000").content.decode()
    assert "do not open anything" in come_back(client, reference, code).content.decode()
    assert "do not open anything" in come_back(client, "0000-0000", code).content.decode()
    Asking.objects.filter(pk=named(reference).pk).update(
        locked_until=timezone.now() - timedelta(hours=1)
    )
    assert come_back(client, reference, code).url == page("reach")


def test_what_was_saved_is_forgotten(client):
    answer(client, HERSELF, until="name")
    client.post(page("name"), {"save": "yes"})
    reference, code = shown_codes(client, "kept")
    asking = named(reference)
    Asking.objects.filter(pk=asking.pk).update(expires_at=timezone.now() - timedelta(hours=1))
    client.cookies.clear()
    assert "do not open anything" in come_back(client, reference, code).content.decode()
    assert actions.forget_expired(by=None) == 1
    with pytest.raises(Asking.DoesNotExist):
        named(reference)


def test_stopping_wipes_it_all(client):
    answer(client, HERSELF, until="name")
    client.post(page("name"), {"save": "yes"})
    reference, _ = shown_codes(client, "kept")
    client.post(reverse("public:stop"))
    assert "sitting" not in client.session
    with pytest.raises(Asking.DoesNotExist):
        named(reference)
    assert client.get(page("name")).url == reverse("public:ask")


def test_leaving_wipes_what_was_typed(client):
    answer(client, HERSELF, until="name")
    client.get("/leave/")
    assert client.get(page("words")).url == reverse("public:ask")


def test_an_hour_of_quiet_wipes_it(client, monkeypatch):
    answer(client, HERSELF, until="name")
    later = time.time() + 3700
    monkeypatch.setattr("onestory.public.sitting.time.time", lambda: later)
    assert client.get(page("name")).url == reverse("public:ask")


def test_what_went_quiet_is_deleted_on_the_server_too(client):
    answer(client, HERSELF, until="name")
    actions.forget_expired(by=None)
    assert client.get(page("words")).status_code == 200
    with connection.cursor() as cursor:
        cursor.execute("UPDATE agencies_session SET seen_at = now() - interval '61 minutes'")
    actions.forget_expired(by=None)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM agencies_session")
        assert cursor.fetchone() == (0,)


def test_twenty_thousand_characters_come_back_to_be_shortened(client):
    answer(client, HERSELF, until="words")
    pasted = "He said ☹️ " * 2000
    back = client.post(page("words"), {"words": pasted})
    assert back.status_code == 200
    assert "6,000 characters or fewer" in back.content.decode()
    assert back.context["form"]["words"].value() == pasted


def test_pages_are_answered_in_order(client):
    client.post(reverse("public:ask"))
    assert client.get(page("words")).url == page("who")
    assert client.get(CHECK).url == page("who")
    assert client.get(page("nonsense")).status_code == 404
    assert client.get(page("told")).status_code == 404


def test_a_changed_answer_asks_only_what_it_adds(client):
    answer(client, HERSELF)
    assert client.post(page("most"), {"need": "money"}).url == CHECK
    changed = client.post(page("who"), {"who": "other"})
    assert changed.url == page("told")


def test_a_machine_is_slowed_down(client, monkeypatch):
    monkeypatch.setitem(knocking.AT_MOST, "open", 3)
    for _ in range(3):
        assert come_back(client, "0000-0000", "0000-0000").status_code == 200
    refused = come_back(client, "0000-0000", "0000-0000")
    assert refused.status_code == 429
    assert "too many tries" in refused.content.decode()
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(mark, ' ') FROM public_knocks")
        assert "127.0.0.1" not in cursor.fetchone()[0]


def test_staff_at_the_same_browser_look_like_everybody(client, world):
    client.force_login(world.user("tess"), "allauth.account.auth_backends.AuthenticationBackend")
    page = client.get("/help/").content.decode()
    assert "Tess" not in page
    assert "Worklist" not in page
