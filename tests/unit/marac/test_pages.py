"""Pages of MARAC, as a browser without JavaScript asks for them: the whole way of one case."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from onestory.kernel.ids import new_id
from onestory.marac import actions
from onestory.marac.models import Action, Item, Meeting, Minutes, Referral, Research
from onestory.people import actions as people
from tests.marac import (
    accepted,
    ask,
    offered,
    on_the_table,
    pair,
    planned,
    referred,
    team,
)

# Whether an action that the police offered has a page for them.
LEAD_ON = {"pru": True, "cora": True, "chris": True, "ida": False}


@pytest.fixture
def browser(world):
    """``browser("cora")``: a browser in which Cora is signed in."""

    def open_for(name):
        client = Client()
        client.force_login(world.user(name))
        return client

    return open_for


def url(name, *keys):
    return reverse(f"marac:{name}", args=keys)


def page(client, name, *keys):
    answer = client.get(url(name, *keys))
    assert answer.status_code == 200
    return answer.content.decode()


def went(client, address, sent):
    """Where the browser is sent after a form; or what the page says is wrong."""
    answer = client.post(address, sent)
    said = re.findall(r'href="#[^"]*">([^<]+)<', answer.content.decode())
    assert answer.status_code == 302, said
    return answer["Location"]


def soon():
    """Within the week in which an action stands at the head of the worklist."""
    return timezone.localdate() + timedelta(days=5)


def day(name, when):
    return {f"{name}-day": when.day, f"{name}-month": when.month, f"{name}-year": when.year}


def asked(client, address) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    marks = ("SAVEPOINT", "RELEASE", 'UPDATE "agencies_session"')
    return len([query for query in found if not query["sql"].startswith(marks)])


def test_one_case_from_the_referral_to_the_review(as_, world, browser, monkeypatch):
    them = pair(as_)
    petra, cora, chris, pru, ida = map(browser, ("petra", "cora", "chris", "pru", "ida"))
    key = refers(petra, them)
    takes_and_asks(cora, key)
    answers(pru, ida, key)
    meeting = plans(cora)
    with as_("chris"):
        item = Item.objects.get()
    meets(chris, item, meeting)
    with as_("pru"):
        action = Action.objects.get()
    rises(monkeypatch, chris)
    does_and_tells(pru, ida, key, action)
    with as_("cora"):
        version = Referral.objects.get(pk=key).version
    went(cora, url("close", key), {"version": version, "outcome": "risk-lower"})
    assert pru.get(url("case", key)).status_code == 404
    assert "Closed" in page(petra, "case", key)


def refers(petra, them) -> str:
    assert "Refer to MARAC" in petra.get(f"/people/{them.person_id}/").content.decode()
    key = str(new_id())
    sent = {
        "id": key,
        "criteria": ["professional-judgement"],
        "abuser": str(them.abuser_id),
        "words": "He has her telephone.",
        "agrees": "yes",
        "told": "yes",
        "why": "They may save her life.",
    }
    refused = petra.post(url("refer", them.person_id), sent).content.decode()
    assert 'id="id_reason_error"' in refused and "He has her telephone." in refused
    sent["reason"] = "She whispers."
    for _ in range(2):
        assert went(petra, url("refer", them.person_id), sent) == url("case", key)
    return key


def takes_and_asks(cora, key) -> None:
    assert "Take it" in page(cora, "case", key) and "Rosa Lindqvist" in page(cora, "home")
    assert "Referred to MARAC" in cora.get("/").content.decode()
    went(cora, url("accept", key), {"version": 0})
    assert "nobody has been asked" in page(cora, "home")
    teams = [str(team(code)) for code in ("police-public-protection", "idva")]
    went(cora, url("ask", key), {"teams": teams, "words": "Each may hold something."})
    assert "nobody has been asked" not in page(cora, "home")


def answers(pru, ida, key) -> None:
    assert "Rosa Lindqvist" in page(pru, "home")
    answer = {"id": str(new_id()), "holds": "something", "about_abuser": "Two convictions."}
    refused = pru.post(url("answer", key), {**answer, "about_abuser": ""}).content.decode()
    assert "Say what you hold" in refused
    assert went(pru, url("answer", key), answer) == url("case", key)
    wishes = {"id": str(new_id()), "words": "To stay at home.", "agrees": "yes"}
    went(ida, url("wishes", key), wishes)


def plans(cora) -> str:
    plan = {"id": str(new_id()), "at": "09:30", "minutes": 60, "minutes_a_case": 12}
    meeting = went(cora, url("plan"), plan | day("on", soon()))
    assert "Put them on the agenda" in cora.get(meeting).content.decode()
    went(cora, f"{meeting}build/", {})
    return meeting


def meets(chris, item, meeting) -> None:
    here = url("hear", item.pk)
    screen = page(chris, "hear", item.pk)
    for words in ("To stay at home.", "Two convictions.", "He has her telephone.", "Case 1 of 1"):
        assert words in screen
    save = {"risk": "High: he knows the school.", "tab": "a", "version": 0}
    assert chris.post(url("save", item.pk), save).status_code == 204
    assert "he knows the school" in page(chris, "hear", item.pk)
    offer = an_action(what="action", may_tell="on")
    went(chris, here, offer)
    twice = offer | {"id": str(new_id()), "team": str(team("idva"))}
    assert "There already" in chris.post(here, twice).content.decode()
    assert "There already" in chris.post(here, twice | {"what": ""}).content.decode()
    assert went(chris, here, save | {"what": "heard"}) == meeting


def rises(monkeypatch, chris) -> None:
    """What is overdue is at the head of the chair's work."""
    assert "Mark the address" not in chris.get("/").content.decode()
    with monkeypatch.context() as later:
        later.setattr("onestory.marac.alerts.timezone.localdate", lambda: date(2099, 1, 1))
        assert "Mark the address" in chris.get("/").content.decode()


def does_and_tells(pru, ida, key, action) -> None:
    assert "Mark the address" in page(pru, "actions")
    assert "Mark the address" in pru.get("/").content.decode()
    went(pru, url("action", action.pk), {"done": "yes", "evidence": "Log 114."})
    assert "Mark the address" in page(ida, "tell", key)
    told = {"id": str(new_id()), "words": "What the police do.", **day("on", timezone.localdate())}
    went(ida, url("tell", key), told)


def test_both_versions_of_minutes_are_shown_and_either_can_be_kept(as_, browser):
    found = on_the_table(as_)
    chris, cora = browser("chris"), browser("cora")
    here = url("hear", found.item.pk)
    assert chris.post(here, {"risk": "His.", "tab": "a", "version": 0}).status_code == 302
    assert cora.post(url("save", found.item.pk), {"risk": "Hers.", "tab": "b", "version": 0})
    shown = cora.post(here, {"risk": "Hers.", "tab": "b", "version": 0}).content.decode()
    assert "His." in shown and "Hers." in shown
    assert shown.count("A colleague has written meanwhile") == 1
    hidden = dict(re.findall(r'name="(tab|version)" value="([^"]*)"', shown))
    assert cora.post(here, {"risk": "Both.", **hidden}).status_code == 302
    assert "Both." in page(chris, "hear", found.item.pk)


def an_action(code="police-public-protection", **sent):
    """As the screen of the meeting sends what an agency offers."""
    values = {"id": str(new_id()), "words": "Mark the address", "whom": "survivor"}
    return {**values, "team": str(team(code)), **day("due_on", soon()), **sent}


@pytest.mark.parametrize("pressed", [{"what": "action"}, {}, {"what": "heard"}])
def test_whatever_button_is_pressed_the_risk_and_the_action_are_kept(as_, browser, pressed):
    found = on_the_table(as_)
    typed = {"risk": "High.", "was": "", "tab": "a", "version": 0, **an_action(), **pressed}
    went(browser("chris"), url("hear", found.item.pk), typed)
    with as_("chris"):
        assert Minutes.objects.get().words == "High."
        assert Action.objects.get().words == "Mark the address"
        assert bool(Item.objects.get().heard_at) == (pressed == {"what": "heard"})


def test_a_case_is_not_left_while_its_action_is_not_right(as_, browser):
    """And what was right is kept."""
    found = on_the_table(as_)
    chris, here = browser("chris"), url("hear", found.item.pk)
    typed = {"risk": "High.", "was": "", "tab": "a", "version": 0, "what": "heard"}
    shown = chris.post(here, typed | an_action() | day("due_on", date(2020, 1, 1)))
    assert shown.status_code == 200 and "Mark the address" in shown.content.decode()
    with as_("chris"):
        assert Minutes.objects.get().words == "High." and not Item.objects.get().heard_at


def test_whoever_only_adds_an_action_writes_nothing_over_a_colleague(as_, browser):
    found = on_the_table(as_)
    cora, here = browser("cora"), url("hear", found.item.pk)
    went(browser("chris"), here, {"risk": "His.", "tab": "a", "version": 0})
    opened = {"risk": "", "was": "", "tab": "b", "version": 0}
    went(cora, here, opened | an_action(what="action"))
    offered = {"words": "Change the locks", "what": "action"}
    shown = cora.post(here, opened | {"risk": "Hers."} | an_action(**offered)).content.decode()
    assert "What your colleague wrote" in shown and "Hers." in shown
    with as_("cora"):
        assert Minutes.objects.get().words == "His." and Action.objects.count() == 2
    # What is not seen is not made the last word.
    shown = cora.post(here, opened | {"what": "heard"}).content.decode()
    assert "A colleague has written" in shown


def test_a_projector_shows_no_menu(as_, browser):
    found = on_the_table(as_)
    shown = browser("chris").get(url("hear", found.item.pk) + "?projector=1").content.decode()
    assert "marac-projector" in shown and "govuk-service-navigation" not in shown


def test_an_agenda_of_thirty_cases_is_one_request_of_a_counted_number_of_queries(as_, browser):
    meeting, few = planned(as_, minutes=400), planned(as_, days=21)
    for number in range(30):
        case = accepted(
            as_, referred(as_, pair(as_, f"Ana{'abcdefghijklmnopqrstuvwxyzABCD'[number]}"))
        )
        with as_("cora") as by:
            actions.put_on_agenda(by=by, referral_id=case.pk, meeting_id=meeting.pk)
    one = accepted(as_, referred(as_, pair(as_, "Solo")))
    with as_("cora") as by:
        actions.put_on_agenda(by=by, referral_id=one.pk, meeting_id=few.pk)
    chris = browser("chris")
    page(chris, "meeting", few.pk)
    many = asked(chris, url("meeting", meeting.pk))
    assert many == asked(chris, url("meeting", few.pk))
    assert many <= 22
    assert page(chris, "meeting", meeting.pk).count("Professional") == 0


def test_the_screen_of_the_meeting_asks_a_counted_number_of_queries(as_, browser):
    found = on_the_table(as_)
    chris = browser("chris")
    before = asked(chris, url("hear", found.item.pk))
    for words in ("Call the school", "Change the locks", "Visit him", "Speak with her doctor"):
        offered(as_, found, words=words)
    assert asked(chris, url("hear", found.item.pk)) == before <= 32


PAGES = (
    ("home", ()),
    ("cases", ()),
    ("meetings", ()),
    ("actions", ()),
)


@pytest.mark.parametrize("name", ["olu", "gwen", "adam", "bart"])
def test_for_whoever_does_not_come_to_it_there_is_no_page(as_, browser, name):
    found = on_the_table(as_)
    with as_("cora"):
        meeting = Meeting.objects.get()
    client = browser(name)
    for view, keys in (*PAGES, ("case", (found.case.pk,)), ("meeting", (meeting.pk,))):
        assert client.get(url(view, *keys)).status_code == 404, view


def of_case(found, action, meeting):
    """Every page about a case, and who of those that are asked may open it: all, the advocate, none."""
    case, item = found.case.pk, found.item.pk
    return {
        url("case", case): True,
        url("answer", case): True,
        url("wishes", case): "ida",
        url("tell", case): "ida",
        url("meeting", meeting): True,
        url("ask", case): False,
        url("decline", case): False,
        url("go-on", case): False,
        url("move", case): False,
        url("close", case): False,
        url("hear", item): False,
        url("plan"): False,
        url("change", meeting): False,
        url("call-off", meeting): False,
        url("order", meeting): False,
        url("send", case): False,
        url("overdue"): False,
    }


def test_every_page_for_every_agency(as_, browser):
    """An agency that is asked, one that is not, one whose question is closed; and nobody."""
    found = on_the_table(as_)
    action = offered(as_, found)
    pages = of_case(found, action, found.meeting.pk)
    for name in ("pru", "ida", "hal"):
        client = browser(name)
        for address, may in pages.items():
            opens = may in (True, name)
            assert client.get(address).status_code == (200 if opens else 404), (name, address)
    assert browser("pru").get(url("action", action.pk)).status_code == 200
    for name in ("ida", "hal", "nell"):
        assert browser(name).get(url("action", action.pk)).status_code == 404
    nell = browser("nell")
    for address in pages:
        answer = nell.get(address)
        if address == url("meeting", found.meeting.pk):
            assert "Lindqvist" not in answer.content.decode()
        else:
            assert answer.status_code == 404, address
    for address in pages:
        assert Client().get(address).status_code == 302
    with as_("cora") as by:
        version = Referral.objects.get().version
        actions.close_case(by=by, referral_id=found.case.pk, version=version, outcome="died")
    pru = browser("pru")
    for address in set(pages) - {url("meeting", found.meeting.pk)}:
        assert pru.get(address).status_code == 404, address
    assert "Lindqvist" not in pru.get(url("meeting", found.meeting.pk)).content.decode()


def test_an_action_leads_on_for_whoever_has_its_page(as_, browser):
    found = on_the_table(as_)
    address = url("action", offered(as_, found).pk)
    leads = {name: address in page(browser(name), "case", found.case.pk) for name in LEAD_ON}
    opens = {name: browser(name).get(address).status_code == 200 for name in LEAD_ON}
    assert leads == opens == LEAD_ON


def test_no_page_shows_where_she_is_or_how_to_reach_her(as_, browser, world):
    """Sara is hidden: whoever refers her knows where; the meeting does not."""
    found = on_the_table(as_)
    with as_("petra") as by:
        from_petra = found.them.person_id
        add_hiding_place(by, from_petra)
    for name in ("cora", "chris", "pru", "ida"):
        client = browser(name)
        for address in of_case(found, None, found.meeting.pk):
            shown = client.get(address).content.decode()
            assert "Harbour" not in shown and "07700" not in shown and "kettle" not in shown


def add_hiding_place(by, person_id):
    people.add_address(
        by=by, person_id=person_id, lines="62 Harbour View", postcode="RM19 1QP", confidential=True
    )
    people.add_phone(by=by, person_id=person_id, number="+447700900142", safe="yes")
    people.set_safe_contact(by=by, person_id=person_id, safe_to_call="yes", code_word="blue kettle")


def test_the_late_are_seen_by_the_table(as_, browser, monkeypatch):
    case = accepted(as_, referred(as_, pair(as_)))
    ask(as_, case, "idva")
    with as_("cora"):
        assert Research.objects.count() == 1
    later = timezone.now() + timedelta(days=20)
    monkeypatch.setattr("onestory.marac.queries.tasks.timezone.now", lambda: later)
    assert "late with an answer" in page(browser("cora"), "home")
    assert "late with an answer" not in page(browser("ida"), "home")
