"""A survivor on her phone: from an invitation in person to taking a consent back, and away."""

import base64
import re

import pytest

from onestory.cases import actions as cases
from tests.disclosures import AGREED, target
from tests.functional.conftest import PHONE
from tests.functional.test_consent import ISVA, ask

WORD, NUMBER = "blue kettle", "482915"
GONE = "https://www.bbc.co.uk/weather"


@pytest.fixture
def meera(visitor, server):
    """Meera, on a telephone that has passkeys. They want a name, not a number, for the server."""
    meera = visitor()
    meera.page.set_viewport_size(PHONE)
    meera.address = server.replace("127.0.0.1", "localhost")
    keys = meera.context.new_cdp_session(meera.page)
    keys.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    keys.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    # The page about the weather, without asking for it. She is led there, and Playwright's own
    # `route` does not see where one is led.
    keys.on("Fetch.requestPaused", lambda asked: keys.send("Fetch.fulfillRequest", weather(asked)))
    keys.send("Fetch.enable", {"patterns": [{"urlPattern": f"{GONE}*"}]})
    return meera


def weather(asked: dict) -> dict:
    words = base64.b64encode(b"Sunny spells").decode()
    return {"requestId": asked["requestId"], "responseCode": 200, "body": words}


def invitation(ida, person: str) -> str:
    """Ida agrees on a word with her, and reads the code out."""
    ida.open(f"/own-pages/{person}/")
    ida.press("Invite")
    ida.look("invite")
    ida.page.get_by_label("In person").check()
    ida.page.get_by_label("A word that you both agree on").fill(WORD)
    ida.press("Make the invitation")
    code = re.search(r"\b\w{4}-\w{4}\b", ida.text).group()
    # Shown once.
    ida.open(f"/own-pages/{person}/code/")
    assert code not in ida.text
    return code


def go(her, path: str) -> int:
    return her.open(f"{her.address}{path}")


def _asked_for_counselling(as_, person) -> None:
    with as_("ida") as by:
        to = target("sericc-counselling", "sexual-violence-counselling")
        how = {"by": by, "team_id": by.home_team_id, "person_id": person, "sharing": AGREED}
        cases.send_referral(**how, target=to)


def test_from_the_invitation_to_leaving(visitor, ids, made, meera):
    ida, isla, person = visitor().sign_in("ida"), visitor(), ids.things["meera"]
    ask(ida, person, ISVA, "Yes, this may be shared", kinds=("Support",)).press("Record the answer")
    comes_in_for_the_first_time(meera, invitation(ida, person))
    takes_her_yes_back(meera, isla.sign_in("isla"), person)
    says_when_it_is_safe(meera, ida, person)
    they_write(meera, ida, person)
    says_what_is_wrong(meera, ida, person)
    made(lambda as_: _asked_for_counselling(as_, ids.id("meera")))
    for letter in "pdakfcevh":
        assert go(meera, f"/n/{letter}/") == 200
        if letter in "kfchv":
            meera.look(letter)
    assert "There is no answer yet." in meera.text
    covers_itself(meera)
    leaves(meera)


def comes_in_for_the_first_time(meera, code: str) -> None:
    go(meera, "/n/")
    meera.look("door")
    meera.follow("You are here for the first time")
    meera.page.get_by_label("The code that you were given").fill(code)
    meera.page.get_by_label("The word that you agreed on").fill("not this")
    meera.press("Go on")
    assert "not right" in meera.text
    meera.page.get_by_label("The word that you agreed on").fill(WORD)
    meera.press("Go on")
    meera.look("how-will-you-come-back")
    meera.page.get_by_role("button", name="Use this phone’s lock").click()
    meera.page.wait_for_url("**/n/")
    meera.look("home")
    assert meera.page.title() == "Notes"


def takes_her_yes_back(meera, isla, person: str) -> None:
    """The provider has the page open; at the next click it is gone."""
    meera.follow("Who knows what about you")
    assert "SERICC" in meera.text and "You said yes." in meera.text
    meera.look("who-knows")
    assert isla.open(f"/people/{person}/") == 200
    meera.follow("Take your yes back")
    meera.press("Take it back")
    assert "can no longer see it" in meera.text
    assert isla.open(f"/people/{person}/") == 404
    meera.follow("See who opened it and when")
    assert "Isla Quinn" in meera.text


def says_when_it_is_safe(meera, ida, person: str) -> None:
    """Every question is answered, so that nothing is unknown."""
    go(meera, "/n/r/")
    for question, answer in (
        ("Can we ring you?", "Yes"),
        ("Can we send a text?", "Yes"),
        ("Can we leave a voice message?", "No"),
    ):
        meera.page.get_by_role("group", name=question).get_by_label(answer).check()
    meera.page.get_by_label("Only at these times").check()
    meera.page.get_by_label("Tuesday").check()
    meera.page.get_by_label("From").fill("10:00")
    meera.page.get_by_label("Until").fill("2pm")
    meera.page.get_by_label("Who must not find out?").fill("My brother")
    meera.look("reach")
    meera.press("Save")
    assert "Saved" in meera.text
    ida.open(f"/people/{person}/")
    assert "Tuesday, 10:00 to 14:00" in ida.text


def they_write(meera, ida, person: str) -> None:
    ida.open(f"/conversations/{person}/")
    ida.page.get_by_label("Your message").fill("Shall we meet on Tuesday?\nمرحبا 🙂")
    ida.press("Send")
    ida.look("staff-messages")
    go(meera, "/n/")
    meera.follow("You have 1 new message")
    meera.follow(re.compile("Independent|IDVA", re.I))
    assert "مرحبا" in meera.text
    meera.page.get_by_label("Your message").fill("Yes, at ten. Thank you 🙂")
    meera.press("Send")
    meera.look("thread")
    ida.open("/conversations/")
    ida.follow("Meera Solanki")
    assert "Yes, at ten" in ida.text


def says_what_is_wrong(meera, ida, person: str) -> None:
    """What a worker wrote, which she cannot change; and she reads what became of it."""
    ida.open(f"/people/{person}/addresses/add/")
    ida.page.get_by_label("No, they know it already").check()
    ida.page.get_by_label("Address", exact=True).fill("3 Quay Street")
    ida.press("Save")
    go(meera, "/n/k/")
    meera.follow("Read it all").look("read-it-all")
    meera.follow(re.compile(r"Something is wrong\W+An address"))
    meera.press("Send")
    assert "Enter what is wrong" in meera.text
    meera.look("wrong")
    meera.page.get_by_label("What is wrong?").fill("It is number 5. \N{PEACOCK}")
    meera.press("Send")
    assert "looks at it" in meera.look("asked").text
    ida.open("/")
    ida.follow("See what, and decide").look("corrections")
    ida.follow("Meera Solanki").look("correction")
    ida.page.get_by_label("Her words stand beside it").check()
    ida.page.get_by_label("What do you tell them?").fill("Both are now on record.")
    ida.press("Save")
    go(meera, "/n/")
    meera.follow("Here is the answer")
    assert "Both are now on record." in meera.look("answered").text


def covers_itself(meera) -> None:
    """After five minutes: without network, and when a telephone wakes up on which nothing ran."""
    page, typed = meera.page, meera.page.get_by_label("First name")
    covered = page.get_by_role("heading", name="This page is covered")
    page.clock.install()
    go(meera, "/n/k/1/")
    typed.fill("Mira")
    meera.context.set_offline(True)
    page.clock.fast_forward("04:00")
    page.get_by_text("This page will be covered in 1 minute").wait_for()
    page.clock.fast_forward("01:01")
    covered.wait_for()
    page.keyboard.press("Escape")
    assert covered.is_visible()
    assert not typed.is_visible() and not page.locator("main").inner_text()
    # The server counts from its own clock, on which no time has passed.
    meera.context.set_offline(False)
    page.clock.fast_forward("00:20")
    covered.wait_for(state="hidden")
    assert typed.input_value() == "Mira"
    meera.context.set_offline(True)
    page.clock.set_system_time(page.evaluate("Date.now()") + 6 * 60_000)
    wakes = "document.dispatchEvent(new Event('visibilitychange'))"
    page.evaluate(f"{wakes}; window.was = document.documentElement.className")
    assert "os-covered" in page.evaluate("window.was")
    assert not typed.is_visible()
    meera.context.set_offline(False)


def leaves(meera) -> None:
    """Nobody comes back to it, and the way back is not in the history."""
    go(meera, "/n/k/")
    meera.page.get_by_role("button", name="Leave this page").click()
    meera.page.wait_for_url(GONE)
    assert "Sunny spells" in meera.page.content()
    meera.page.go_back()
    assert "Meera" not in meera.page.content()
    go(meera, "/n/")
    meera.page.get_by_role("button", name="Use this phone’s lock").click()
    meera.page.wait_for_url("**/n/")


def test_without_javascript_by_a_list_of_codes(visitor, ids, chromium, server):
    ida, person = visitor().sign_in("ida"), ids.things["meera"]
    code = invitation(ida, person)
    context = chromium.new_context(base_url=server, viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto("/n/i/1/")
    page.get_by_label("The code that you were given").fill(code)
    page.get_by_label("The word that you agreed on").fill(WORD.upper())
    page.get_by_role("button", name="Go on").click()
    assert not page.get_by_role("button", name="Use this phone’s lock").is_visible()
    page.get_by_role("link", name="Make a list of codes").or_(
        page.get_by_role("button", name="Make a list of codes")
    ).click()
    page.get_by_label("Choose a number of 6 figures").fill(NUMBER)
    page.get_by_label("Type it again").fill(NUMBER)
    page.get_by_role("button", name="Go on").click()
    first = page.locator(".own-codes li").first.inner_text()
    page.get_by_role("button", name="I have written them down").click()
    assert page.locator("h1").inner_text() == "Your pages"
    page.get_by_role("button", name="Sign out").click()
    page.get_by_label("A code from your list").fill(first)
    page.get_by_label("Your number").fill(NUMBER)
    page.get_by_role("button", name="Come in", exact=True).last.click()
    assert page.locator("h1").inner_text() == "Your pages"
    # Two tabs: what is changed in one is not lost in the other.
    other = context.new_page()
    for tab, name in ((page, "Mira"), (other, "Meera Jane")):
        tab.goto("/n/k/1/")
        tab.get_by_label("First name").fill(name)
    for tab in (page, other):
        tab.get_by_role("button", name="Save").click()
    assert "It now says: Mira Solanki" in other.locator("main").inner_text()
    assert other.get_by_label("First name").input_value() == "Meera Jane"
    context.close()
