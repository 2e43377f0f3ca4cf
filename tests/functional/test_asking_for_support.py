"""Somebody whom nobody has referred, on a telephone; the team that reads it; a team's own entry."""

import re

import pytest

from tests.functional.conftest import PHONE


@pytest.fixture
def phone(chromium, server):
    """A telephone without JavaScript."""
    context = chromium.new_context(base_url=server, viewport=PHONE, java_script_enabled=False)
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def choose(page, *answers: str) -> None:
    for answer in answers:
        page.get_by_label(answer, exact=True).check()
    page.get_by_role("button", name="Continue").click()


def come_back(page, reference: str, code: str) -> None:
    page.get_by_label("Your reference").fill(reference)
    page.get_by_label("Your code").fill(code)
    page.get_by_role("button", name="Go on").click()


def test_from_a_telephone_without_javascript_to_the_team_that_reads_it(phone, visitor):
    phone.goto("/help/")
    phone.get_by_role("link", name="What is abuse?").click()
    assert "hurt" not in phone.title()
    phone.get_by_role("button", name="Ask for support").click()
    phone.get_by_role("button", name="Start").click()
    choose(phone, "I do")
    choose(phone, "Yes")
    assert "call 999 now" in phone.inner_text("main")
    choose(phone, "18 or over")
    choose(phone, "Hitting, kicking, choking or other hurt to the body")
    choose(phone, "A plan to keep safe")
    phone.get_by_role("textbox").fill("Comes home at six. 🚪")
    phone.get_by_role("button", name="Save, and come back later").click()
    saved = phone.inner_text("main")
    reference, code = re.findall(r"[0-9A-Z]{4}-[0-9A-Z]{4}", saved)
    assert "Nobody has read it" in saved

    phone.context.clear_cookies()
    phone.goto("/help/back/")
    come_back(phone, reference, code.lower())
    phone.get_by_label("First name (optional)").fill("Juniper")
    phone.get_by_role("button", name="Continue").click()
    choose(phone, "Do not call or write. I will come back here")
    phone.get_by_role("textbox").fill("Everybody at home")
    phone.get_by_role("button", name="Continue").click()
    phone.get_by_role("button", name="Continue").click()
    assert "Comes home at six" in phone.inner_text("main")
    phone.get_by_label("Yes, they may read this").check()
    phone.get_by_role("button", name="Send it").click()
    assert reference in phone.inner_text("main")
    phone.get_by_role("link", name="This is where you come back").click()
    come_back(phone, reference, code)
    assert "Nobody has read it yet" in phone.inner_text("main")

    tess = visitor().sign_in("tess").follow(re.compile("Juniper"))
    tess.look("contact")
    assert reference in tess.text
    assert "Comes home at six" in tess.text


def test_every_page_is_accessible_and_fits_a_telephone(visitor):
    somebody = visitor()
    for place in ("", "about/", "next/", "knows/", "back/"):
        somebody.open(f"/help/{place}")
        somebody.look(place.strip("/") or "home")
    somebody.open("/help/find/")
    somebody.page.get_by_label("What do you need?").select_option(label="Counselling or therapy")
    somebody.press("Show").look("find")
    assert "counselling" not in somebody.page.url
    somebody.follow("Young people's counselling").look("service")
    somebody.press("Ask for support").press("Start").look("who")
    choose(somebody.page, "Somebody else does")
    choose(somebody.page, "No")
    somebody.look("age")
    choose(somebody.page, "13 to 15")
    somebody.press("Continue").look("what-is-missing")
    assert "There is a problem" in somebody.text
    choose(somebody.page, "Sex or touching that was not wanted")
    choose(somebody.page, "Counselling")
    somebody.press("Continue").look("name")
    somebody.press("Continue")
    choose(somebody.page, "No")
    somebody.press("Continue").look("door")
    assert somebody.page.get_by_role("radio").first.is_checked()
    somebody.press("Continue").look("check")
    somebody.page.get_by_label("Yes, they may read this").check()
    somebody.press("Send it").look("sent")
    somebody.page.get_by_role("button", name="Exit this page").wait_for()


def test_a_team_keeps_its_own_entry(visitor):
    dina = visitor().sign_in("dina")
    dina.follow("Say what is still right").look("directory")
    dina.follow("Young people's counselling").press("Change it").look("change")
    dina.page.get_by_label("Present wait (optional)").fill("14")
    dina.page.get_by_label("Opening times (optional)").fill("Weekdays 9am to 5pm")
    dina.press("Save").look("service")
    assert "14 days, as said on" in dina.text
    assert "Monday to Friday, 9am to 5pm" in dina.text
    assert "before that nothing" in dina.text
