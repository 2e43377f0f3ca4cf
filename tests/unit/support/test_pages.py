"""The pages of the work with somebody, as a browser without JavaScript asks for them."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from onestory.kernel.ids import new_id
from onestory.people.actions import set_safe_contact
from onestory.people.models import Phone, SafeContact
from onestory.support.actions import reword_goal, set_goal
from onestory.support.models import Call, Episode, Goal, Session
from tests.supported import hold, supported, taken_on


@pytest.fixture
def nora(world, client):
    client.force_login(world.user("nora"))
    return client


def page(client, name, *keys, query=""):
    answer = client.get(reverse(f"support:{name}", args=keys) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def hidden(shown, name):
    return re.search(rf'name="{name}" value="([^"]*)"', shown)[1]


def day(name, when):
    return {f"{name}-day": when.day, f"{name}-month": when.month, f"{name}-year": when.year}


def asked(client, address) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    marks = ("SAVEPOINT", "RELEASE", 'UPDATE "agencies_session"')
    return len([query for query in found if not query["sql"].startswith(marks)])


@pytest.fixture
def phone(as_, referral):
    with as_("nora"):
        return Phone.objects.get(person_id=referral.person_id)


def test_the_number_is_shown_only_behind_the_check(nora, referral, phone):
    call, dial = (
        reverse("support:call", args=[referral.person_id]),
        reverse("support:dial", args=[referral.person_id, phone.pk]),
    )
    assert nora.get(dial)["Location"] == call
    digits = phone.number[-6:]
    assert digits not in nora.get(call).content.decode()
    refused = nora.post(call, {"safe_now": "no", "phone": phone.pk, "alone": "on"})
    assert "Do not call now" in refused.content.decode()
    passed = nora.post(call, {"safe_now": "yes", "phone": phone.pk, "alone": "on"})
    assert passed["Location"] == dial
    shown = nora.get(dial).content.decode()
    assert digits in shown.replace(" ", "")
    answers = {"outcome": "not-answered", "key": hidden(shown, "key"), "next_time": "9:30am"}
    assert "Enter the day as well" in nora.post(dial, answers).content.decode()
    later = timezone.localdate() + timedelta(days=1)
    assert nora.post(dial, answers | day("next_on", later))["Location"] == call
    # Sent once more, and asked for once more: the check stands before the number again.
    assert nora.post(dial, answers)["Location"] == call
    shown = nora.get(call).content.decode()
    assert "Nobody answered." in shown and "Go on with" not in shown


def test_when_somebody_was_reached_the_page_leads_on(nora, referral, phone):
    call = reverse("support:call", args=[referral.person_id])
    dial = nora.post(call, {"safe_now": "yes", "phone": phone.pk, "alone": "on"})["Location"]
    sent = {"outcome": "answered", "key": hidden(nora.get(dial).content.decode(), "key")}
    shown = nora.post(dial, sent, follow=True).content.decode()
    assert reverse("assessment:overview", args=[referral.person_id]) in shown
    assert reverse("cases:referral", args=[referral.pk]) in shown


def test_who_is_not_safe_to_call_is_not_called(nora, as_, referral, phone):
    with as_("tess") as by:
        seen = SafeContact.objects.filter(person=referral.person_id, superseded_at=None).get()
        set_safe_contact(by=by, person_id=referral.person_id, seen_id=seen.pk, safe_to_call="no")
    shown = page(nora, "call", referral.person_id)
    assert "It is not safe" in shown and "Show the number" not in shown
    dial = reverse("support:dial", args=[referral.person_id, phone.pk])
    assert nora.get(dial).status_code == 404


def test_what_is_typed_is_there_again_when_it_cannot_be_kept(nora, as_, case):
    """Nothing typed is lost, however long and in whatever script."""
    address = reverse("support:goal", args=[case.pk])
    words = "نوم هادئ 💤 " * 2000
    shown = nora.post(address, {"words": words, "key": new_id()}).content.decode()
    assert "1,000 characters or fewer" in shown and words.strip() in shown
    nora.post(address, {"words": "ن", "value": "4", "key": new_id()})
    with as_("nora"):
        assert Goal.objects.get().words == "ن"


def test_sent_twice_it_is_there_once(nora, as_, case):
    address = reverse("support:session-add", args=[case.pk])
    shown = nora.get(address).content.decode()
    answers = {
        "kind": "assessment",
        "channel": "telephone",
        "time": "00:00",
        "worker": re.search(r'<option value="([0-9a-f-]{36})"', shown)[1],
        "attended": "yes",
        "minutes": "40",
        "key": hidden(shown, "key"),
        **day("day", timezone.localdate()),
    }
    for _ in range(2):
        assert nora.post(address, answers).status_code == 302
    with as_("nora"):
        assert Session.objects.get().minutes == 40
        assert Episode.objects.get(case=case).sessions_attended == 1


def test_two_at_once_both_versions_are_shown(nora, as_, case, world):
    address = reverse("support:hold", args=[case.pk])
    version = hidden(nora.get(address).content.decode(), "version")
    with as_("nora") as by:
        hold(by, case, check_in_days=28)
    answers = {"holder": world.users["nora"], "check_in_days": "7"}
    shown = nora.post(address, answers | {"version": version}).content.decode()
    assert "Somebody else has changed this case" in shown and "Every 28 days" in shown
    nora.post(address, answers | {"version": hidden(shown, "version")})
    with as_("nora"):
        assert Episode.objects.get(case=case).check_in_days == 7


def test_two_at_once_on_a_goal(nora, as_, case):
    with as_("nora") as by:
        goal = set_goal(by=by, case_id=case.pk, goal_id=new_id(), words="Sleep")
        reword_goal(by=by, goal_id=goal.pk, words="Rest")
    address = reverse("support:goal-reword", args=[goal.pk])
    shown = nora.post(address, {"words": "Calm"}).content.decode()
    assert "Rest" in shown and "Calm" in shown
    assert nora.post(address, {"words": "Calm", "seen": hidden(shown, "seen")}).status_code == 302
    with as_("nora"):
        assert Goal.objects.get(superseded_at=None).words == "Calm"


def test_a_case_that_has_ended_is_no_longer_worked_on(nora, as_, case):
    end = reverse("support:end", args=[case.pk])
    assert "has not had a session yet" in nora.get(end).content.decode()
    answers = {
        "reason": "could-not-reach",
        "outcome": "never-began",
        "words": "No answer to nine calls.",
        "told_survivor": "no",
        "not_told_because": "She could not be reached.",
        "keeps": "yes",
        "keep_reason": "complaint",
        "version": 0,
        **day("on", timezone.localdate()),
    }
    assert "Enter until when" in nora.post(end, answers).content.decode()
    until = timezone.localdate() + timedelta(days=20)
    done = nora.post(end, answers | day("keep_until", until), follow=True).content.decode()
    assert "has ended." in done
    shown = page(nora, "case", case.pk)
    assert "A complaint or an inquiry is open" in shown and "End the case" not in shown
    assert "Who was told of the end" in shown and "Not told: She could not be reached." in shown
    for name in ("hold", "pause", "end", "session-add", "goal"):
        assert nora.get(reverse(f"support:{name}", args=[case.pk])).status_code == 404


def test_the_plan_as_it_was_can_be_asked_for(nora, as_, case):
    with as_("nora") as by:
        set_goal(by=by, case_id=case.pk, goal_id=new_id(), words="Sleep", value=3)
    assert "Sleep" in page(nora, "case", case.pk)
    before = timezone.localdate() - timedelta(days=1)
    assert "Sleep" not in page(nora, "case", case.pk, query=f"?on={before}")
    assert "Sleep" in page(nora, "case", case.pk, query="?on=nonsense")


def test_my_people_ask_little(nora, as_):
    for _ in range(2):
        supported(as_)
    for show in ("people", "calls", "nobodys", "late", "team"):
        assert asked(nora, f"{reverse('support:mine')}?show={show}") <= 16, show


def test_a_case_and_a_call_ask_little(nora, as_):
    of = supported(as_)
    assert asked(nora, reverse("support:case", args=[of.case.pk])) <= 20
    assert asked(nora, reverse("support:call", args=[of.person_id])) <= 20
    assert asked(nora, reverse("support:journey", args=[of.person_id])) <= 18


def test_long_lists_come_a_page_at_a_time(nora, as_, case):
    with as_("nora") as by:
        hold(by, case)
        one = Session(
            case=case,
            team_id=case.team_id,
            kind="advocacy",
            channel="telephone",
            worker_id=by.user_id,
            state="attended",
            envelope_id=case.envelope_id,
            person_id=case.person_id,
            recorded_by_id=by.user_id,
            recorded_at=timezone.now(),
        )
        rows = []
        for number in range(45):
            one.pk, one.starts_at = new_id(), timezone.now() - timedelta(days=number)
            rows.append(Session(**{f.attname: getattr(one, f.attname) for f in one._meta.fields}))
        Session.objects.bulk_create(rows)
    shown = page(nora, "case", case.pk)
    following = re.search(r'href="([^"]*after=[^"#]*)', shown)[1]
    assert shown.count("Advocacy") == 20
    assert nora.get(following).content.decode().count("Advocacy") == 20


def test_the_page_of_a_person_leads_here(nora, as_, case):
    shown = nora.get(reverse("people:person", args=[case.person_id])).content.decode()
    assert reverse("support:call", args=[case.person_id]) in shown
    assert reverse("support:journey", args=[case.person_id]) in shown


def test_a_second_person_waits_behind_the_first(nora, as_, referral):
    taken_on(as_, referral)
    with as_("nora"):
        assert not Call.objects.exists()
    shown = page(nora, "mine", query="?show=nobodys")
    assert "Rowan Teale" in shown
    assert shown.count("born 17 May 1991") == shown.count(">Rowan Teale</a>"), (
        "of two Rowans, which?"
    )
