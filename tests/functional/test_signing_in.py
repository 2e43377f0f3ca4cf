"""Signing in at a real browser: with a passkey, and on a page that locks."""

import json
import re

import pytest

from synthetic.world import PASSWORD

SOON, LATER = 90, 1800


def test_the_pages_of_signing_in_can_be_read_by_everybody(visitor):
    tess = visitor()
    tess.open("/account/sign-in/")
    tess.look("sign-in")
    tess.press("Sign in")
    assert "Enter your e-mail address" in tess.text
    tess.look("sign-in-wrong")
    tess.sign_in("tess")
    for page in ("", "password/", "second-factor/", "second-factor/app/"):
        tess.open(f"/account/{page}")
        tess.look(f"account-{page.replace('/', '-')}")
    tess.open("/account/second-factor/passkeys/add/")
    tess.look("add-passkey")


def test_the_list_of_staff_can_be_read_by_everybody(visitor):
    adam = visitor().sign_in("adam")
    for page in ("", "roles/", "invite/"):
        adam.open(f"/staff/{page}")
        adam.look(f"staff-{page.strip('/')}")
    adam.press("Invite")
    adam.look("invite-wrong")
    adam.open("/staff/")
    adam.follow("Tess Marlow").look("member")
    adam.follow("Deactivate").look("deactivate")


def test_an_invitation_handed_over_leads_in(visitor):
    adam, zoe = visitor().sign_in("adam"), visitor()
    adam.open("/staff/invite/")
    adam.page.get_by_label("Full name").fill("Zoë Hall")
    adam.page.get_by_label("Work e-mail address").fill("zoe@example.org")
    adam.page.get_by_label("Team", exact=True).select_option("Housing Safeguarding Team")
    adam.page.get_by_label("Officer").check()
    adam.press("Invite")
    link = adam.page.get_by_label("Link for Zoë Hall").input_value()
    adam.look("hand-over")
    zoe.open(link)
    zoe.look("choose-password")
    zoe.page.get_by_label("New password").fill("three dull spoons")
    zoe.press("Set my password")
    zoe.page.get_by_label("E-mail address").fill("zoe@example.org")
    zoe.page.get_by_label("Password", exact=True).fill("three dull spoons")
    zoe.press("Sign in")
    zoe.open("/account/")
    assert "Officer in Housing Safeguarding Team" in zoe.text


@pytest.fixture
def petra(visitor, server):
    """Petra, at a computer that has passkeys. They want a name, not a number, for the server."""
    petra = visitor()
    petra.address = server.replace("127.0.0.1", "localhost")
    keys = petra.context.new_cdp_session(petra.page)
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
    petra.open(f"{petra.address}/account/sign-in/")
    return petra


def give_password(person):
    person.page.get_by_label("E-mail address").fill("petra@example.org")
    person.page.get_by_label("Password", exact=True).fill(PASSWORD)
    person.press("Sign in")


def test_a_passkey_is_set_up_and_lets_in_alone_or_after_the_password(petra):
    give_password(petra)
    petra.open(f"{petra.address}/account/second-factor/passkeys/add/")
    petra.page.get_by_label("Name of this passkey").fill("Work laptop")
    petra.page.get_by_role("button", name="Set up a passkey").click()
    petra.page.wait_for_url("**/second-factor/codes/")
    petra.look("recovery-codes")
    petra.open(f"{petra.address}/account/second-factor/passkeys/")
    assert "Work laptop" in petra.text
    petra.press("Sign out")
    petra.page.get_by_role("button", name="Use a passkey").click()
    petra.page.wait_for_url(f"{petra.address}/")
    petra.press("Sign out")
    give_password(petra)
    petra.look("second-factor")
    petra.page.get_by_role("button", name="Use your passkey").click()
    petra.page.wait_for_url(f"{petra.address}/")


def test_a_passkey_that_fails_says_so(petra):
    petra.page.get_by_role("button", name="Use a passkey").click()
    failed = petra.page.get_by_text("The passkey did not work")
    failed.wait_for()


class Session:
    """Answers, instead of the server, how long the session still has."""

    def __init__(self, page):
        self.answer = {}
        self.by_hand = []
        user = page.locator("#timeout").get_attribute("data-user")
        self.open_for(LATER, user)
        page.route("**/account/session/", self._tell)

    def open_for(self, seconds, user):
        self.user = user
        self.answer = {"locked": False, "user": user, "seconds": seconds}

    def lock(self):
        self.answer = {"locked": True}

    def _tell(self, route, request):
        if "x-background" not in request.headers:
            self.by_hand.append(request.url)
            self.open_for(LATER, self.user)
        route.fulfill(content_type="application/json", body=json.dumps(self.answer))


@pytest.fixture
def waiting(visitor):
    """Adam, who has typed something and then done nothing until the page asks how long it has."""
    adam = visitor()
    adam.page.clock.install()
    adam.sign_in("adam").open("/staff/invite/")
    adam.page.get_by_label("Full name").fill("Zoë Hall")
    adam.session = Session(adam.page)
    return adam


def test_a_page_warns_before_it_locks_and_can_be_kept_open(waiting):
    waiting.session.open_for(SOON, waiting.session.user)
    waiting.page.clock.fast_forward("28:10")
    stay = waiting.page.get_by_role("button", name="Stay signed in")
    waiting.page.get_by_text("locked in 1 minute").wait_for()
    stay.click()
    stay.wait_for(state="hidden")
    assert len(waiting.session.by_hand) == 1


def test_a_page_that_locks_is_covered_and_keeps_what_was_typed(waiting):
    waiting.session.lock()
    waiting.page.clock.fast_forward("28:10")
    again = waiting.page.get_by_role("button", name="Sign in again")
    again.wait_for()
    cover = "getComputedStyle(document.getElementById('timeout'), '::backdrop').backgroundColor"
    assert re.fullmatch(r"rgb\(\d+, \d+, \d+\)", waiting.page.evaluate(cover))
    waiting.page.keyboard.press("Escape")
    assert again.is_visible()
    # Signed in again in another tab.
    waiting.session.open_for(LATER, waiting.session.user)
    waiting.page.clock.fast_forward("00:20")
    again.wait_for(state="hidden")
    assert waiting.page.get_by_label("Full name").input_value() == "Zoë Hall"


def test_a_page_is_left_when_somebody_else_has_signed_in(waiting):
    waiting.session.open_for(LATER, "somebody else")
    waiting.page.clock.fast_forward("28:10")
    waiting.page.wait_for_url(lambda url: not url.endswith("/staff/invite/"))
