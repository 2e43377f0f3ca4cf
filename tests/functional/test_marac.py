"""MARAC in a browser: an agency refers, the coordinator asks, the table meets, an agency does."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.conftest import acting_in
from tests.databases import connected_to
from tests.functional.conftest import SERVED
from tests.marac import pair, seat


@pytest.fixture
def them(server, ids, django_db_blocker):
    """A survivor whom Petra knows, and who uses abuse against her; and those at the table."""
    with django_db_blocker.unblock(), connected_to(SERVED):
        seat(ids)
        return pair(acting_in(ids))


def fill(page, label: str, words: str) -> None:
    page.get_by_label(label).fill(words)


def fill_day(page, group: str, when) -> None:
    boxes = page.get_by_role("group", name=group)
    for part, value in (("Day", when.day), ("Month", when.month), ("Year", when.year)):
        boxes.get_by_label(part, exact=True).fill(str(value))


def test_from_the_referral_to_the_action_that_was_done(visitor, them):
    petra = visitor().sign_in("petra")
    refer(petra, them)

    cora = visitor().sign_in("cora")
    cora.open("/marac/")
    cora.look("coordinator").follow("Rosa Lindqvist").press("Take it")
    ask(cora)

    pru = visitor().sign_in("pru")
    answer(pru)

    ida = visitor().sign_in("ida")
    ida.open("/marac/")
    ida.follow("Rosa Lindqvist").follow("Back")
    bring_wishes(ida, them)
    meeting = plan(cora)

    chris = visitor().sign_in("chris")
    chris.open(meeting)
    assert "Rosa Lindqvist" in chris.look("agenda").text
    chris.press("Begin with the first case")
    hear(chris)
    assert chris.page.url.endswith(meeting)

    pru.open("/marac/actions/")
    pru.look("actions").follow("Mark her address")
    pru.page.get_by_label("Yes, it is done").check()
    fill(pru.page, "How is that known?", "Control room log 114.")
    pru.look("done").press("Save")
    assert "Nothing is open" in pru.text

    cora.open("/marac/cases/")
    cora.look("cases").follow("Rosa Lindqvist").press("Review and close")
    cora.page.get_by_label("The risk is lower").check()
    cora.look("close").press("Close the case")
    assert "Closed" in cora.look("closed").text
    pru.open("/marac/")
    assert "Rosa" not in pru.look("after-the-review").text


def refer(petra, them) -> None:
    petra.open(f"/people/{them.person_id}/")
    petra.follow("Refer to MARAC")
    petra.press("Send the referral").look("refer-with-faults")
    page = petra.page
    page.get_by_label("Professional judgement alone").check()
    fill(page, "Your reason", "She whispers, and he stands in the doorway.")
    page.get_by_label("Karl Lindqvist").check()
    fill(page, "What has happened", "He has her telephone, and says that she will not leave alive.")
    page.get_by_role("group", name="Does the survivor agree?").get_by_label("Agrees").check()
    page.get_by_role("group", name="Have you told the survivor?").get_by_label("Yes").check()
    fill(page, "Why is sharing this needed", "Others may hold what keeps her alive.")
    petra.press("Send the referral")
    assert "Do not wait for the meeting" in petra.look("referred").text


def ask(cora) -> None:
    cora.press("Ask agencies")
    for name in ("Essex Police public protection", "Independent Domestic Violence Advisors"):
        cora.page.get_by_label(name).check()
    fill(cora.page, "Why must they know", "Each may hold something.")
    cora.look("ask").press("Ask them").look("asked")


def answer(pru) -> None:
    pru.open("/")
    pru.look("worklist").follow("Rosa Lindqvist")
    pru.page.get_by_label("We hold something").check()
    fill(pru.page, "About the survivor and the children", "Three calls to the address since May.")
    fill(pru.page, "About the person using abuse", "Two convictions for assault.")
    pru.look("answer").press("Answer").look("asked-case")
    assert "Two convictions" in pru.text and "Ask agencies" not in pru.text


def bring_wishes(ida, them) -> None:
    ida.open("/marac/cases/")
    ida.follow("Rosa Lindqvist").press("Bring what the survivor wants")
    fill(ida.page, "What does the survivor want", "To stay in her home.")
    ida.page.get_by_label("Agrees", exact=True).check()
    ida.press("Save")
    assert "To stay in her home." in ida.text


def plan(cora) -> str:
    cora.open("/marac/meetings/plan/")
    fill_day(cora.page, "Day", timezone.localdate() + timedelta(days=5))
    fill(cora.page, "Time", "09:30")
    cora.look("plan").press("Plan it")
    cora.look("proposed").press("Put them on the agenda")
    assert "1 case put on the agenda" in cora.text
    return cora.page.url.removeprefix(cora.page.url.split("/marac/")[0])


def hear(chris) -> None:
    """Without a mouse: everything is reached by Tab and sent by Enter."""
    page = chris.page
    assert "To stay in her home." in chris.text and "Two convictions" in chris.text
    page.get_by_label("The risk, in one paragraph").focus()
    page.keyboard.type("High: he knows the school and the way to work.")
    chris.saved()
    # The connection drops: what was typed is there.
    page.reload()
    assert "he knows the school" in page.get_by_label("The risk, in one paragraph").input_value()
    page.get_by_label("What will be done?").focus()
    page.keyboard.type("Mark her address")
    page.keyboard.press("Tab")
    page.keyboard.type("Essex Police")
    page.keyboard.press("Tab")
    page.get_by_label("What will be done?").press("Enter")
    page.get_by_text("Mark her address").first.wait_for()
    chris.look("screen")
    here = page.url
    chris.open(f"{here.split('#')[0]}?projector=1")
    assert not page.get_by_role("navigation", name="Menu").count()
    chris.look("projector")
    page.get_by_role("button", name="Heard: next case").press("Enter")
    page.wait_for_url("**/marac/meetings/**")
