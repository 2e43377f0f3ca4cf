"""A housing officer, a tenant in tears at the counter, ten minutes."""

import re
import time

from tests.functional.conftest import PHONE

MINUTES_ALLOWED = 2


def begin(officer, search: str):
    """Search first; nobody is found; record somebody new."""
    officer.follow("Record a contact")
    officer.page.get_by_label("Name, date of birth, telephone or address").fill(search)
    officer.press("Find")
    assert "Nobody" in officer.text
    officer.press("Record somebody new")
    return officer


def tell(officer, look=lambda name: None):
    """Fill in what a tenant would say, page by page."""
    page = officer.page
    look("who")
    page.get_by_label("Telephone").fill("07700 900321")
    page.get_by_role("textbox", name="Address").fill("12 Larch Road")
    page.get_by_label("Postcode").fill("rm17 6sl")
    officer.press("Continue")
    look("household")
    page.get_by_label("First name").fill("Robin")
    page.get_by_label("Who are they to the survivor?").select_option(index=2)
    page.get_by_label("Uses abuse").check()
    officer.press("Continue")
    look("safe")
    page.get_by_role("group", name="Is it safe to call?").get_by_label("Yes").check()
    page.get_by_label("When is it safe?").fill("mornings")
    page.get_by_label("Who must not know?").fill("Robin")
    officer.press("Continue")
    look("happened")
    page.get_by_label("Controlling or coercive behaviour").check()
    officer.press("Continue")
    look("needs")
    page.get_by_label("What do they need first?").select_option(label="Somewhere safe to stay now")
    page.get_by_label("Money, benefits or debt").check()
    page.get_by_label("Emotional support").check()
    officer.press("Continue")
    look("sharing")
    page.get_by_label("The survivor agrees").check()
    officer.press("Continue")


def test_from_the_first_word_to_what_happens_next(visitor):
    olu = visitor().sign_in("olu")
    started = time.monotonic()
    begin(olu, "Marigold Tansley 03/04/1986")
    assert olu.page.get_by_label("First name").input_value() == "Marigold"
    tell(olu, olu.look)
    olu.look("check")
    assert "12 Larch Road" in olu.text
    olu.press("Send to Housing Safeguarding Team").look("sent")
    # Every page is looked at three times over here, and still there is time to spare.
    assert time.monotonic() - started < MINUTES_ALLOWED * 60
    assert "What happens next" in olu.text
    assert re.search(r"decides what to do by tomorrow \d\d:\d\d", olu.text)
    assert re.search(r"Reference\s+[0-9A-Z]{4}-[0-9A-Z]{4}", olu.text)


def test_who_is_unsure_is_told_what_to_do_and_then_records_it(visitor):
    """The guide, by age and situation; what was asked there goes with the contact."""
    olu = visitor().sign_in("olu")
    olu.follow("Record a contact").follow("See what to do").look("guide")
    advice = advised(olu, "Under 13")
    assert "Tell children’s social care and the police today" in advice["What you must pass on"]
    assert "What you need not report" not in advice

    advice = advised(olu, "13 to 15", "Yes, and somebody has judged it")
    assert "You need not tell the police" in advice["What you need not report"]
    assert "children’s social care today" in advice["What you must pass on"]
    advice = advised(olu, "13 to 15", "Yes, and somebody has judged it", "in danger now")
    assert "Call 999 now" in advice["Now"]
    assert "the police" not in advice.get("What you need not report", "")

    advice = advised(olu, "18 or over")
    assert "An adult decides who knows" in advice["What you need not report"]
    assert "What you must pass on" not in advice
    olu.look("advice").press("Yes: record a contact")
    olu.page.get_by_label("First name").fill("Linnet")
    tell(olu)
    asked = olu.page.get_by_text("Did you ask them what they want?").locator("xpath=..")
    assert "Yes" in asked.inner_text()
    olu.press("Send to Housing Safeguarding Team").follow("Read the contact")
    assert re.search(r"What they want\s+Asked; they did not say", olu.text)


def advised(officer, *ticked: str) -> dict[str, str]:
    """What the guide says for this age and these situations, by heading."""
    officer.open("/guide/")
    for label in ticked:
        officer.page.get_by_label(label).check()
    officer.page.get_by_role("button", name="Show me what to do").click()
    sections = officer.page.get_by_role("main").get_by_role("region")
    sections.first.wait_for()
    said = [text.partition("\n") for text in sections.all_inner_texts()]
    return {heading: lines for heading, _, lines in said}


def test_a_killed_browser_loses_nothing(visitor):
    olu = begin(visitor().sign_in("olu"), "Wren Ashby 1 May 1990")
    olu.page.get_by_role("textbox", name="Address").fill("3 Elder Close")
    olu.saved()
    olu.context.close()

    again = visitor().sign_in("olu")
    again.look("worklist-with-draft")
    unfinished = again.page.get_by_text("unfinished contact about Wren Ashby")
    unfinished.get_by_role("link", name="Go on with it").click()
    again.page.wait_for_load_state()
    assert again.page.get_by_role("textbox", name="Address").input_value() == "3 Elder Close"
    assert again.page.get_by_label("Last name").input_value() == "Ashby"


def test_what_is_missing_is_said_beside_it_and_nothing_typed_is_lost(visitor):
    olu = begin(visitor().sign_in("olu"), "Ivy Larkin")
    olu.page.get_by_label("Day").fill("31")
    olu.page.get_by_label("Month").fill("2")
    olu.page.get_by_label("Year").fill("1986")
    olu.press("Continue").look("impossible-date")
    assert "There is a problem" in olu.text
    assert "real date" in olu.text
    assert olu.page.get_by_label("Day").input_value() == "31"


def test_without_javascript_on_a_phone(chromium, server):
    context = chromium.new_context(base_url=server, viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto("/account/sign-in/")
    page.get_by_label("E-mail address").fill("olu@example.org")
    page.get_by_label("Password", exact=True).fill("a quiet word with Ruth")
    page.get_by_role("button", name="Sign in").click()
    page.goto("/record/")
    page.get_by_label("Name, date of birth, telephone or address").fill("Hazel Penrose")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("button", name="Record somebody new").click()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("group", name="Is it safe to call?").get_by_label("No", exact=True).check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Stalking or harassment").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("What do they need first?").select_option(label="A safety plan")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("The survivor agrees").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name=re.compile("^Send to")).click()
    assert "What happens next" in page.inner_text("main")
    context.close()


def test_by_keyboard_alone(visitor):
    """From signing in to the search, with Tab, Enter and letters."""
    olu = visitor().sign_in("olu")
    olu.open("/record/")
    keys = olu.page.keyboard
    for _ in range(30):
        keys.press("Tab")
        if olu.page.evaluate("document.activeElement.name") == "text":
            break
    keys.type("Rowan Tate")
    keys.press("Enter")
    olu.page.wait_for_load_state()
    assert "Nobody" in olu.text
