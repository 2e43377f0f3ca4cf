"""A real server on a database of its own, and a real Chromium in front of it.

SCREENSHOTS=1 leaves a picture of every page that a test looks at in `screenshots/`.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.db import connections
from playwright.sync_api import sync_playwright

from onestory import database
from onestory.access.acting import acting
from synthetic.world import PASSWORD, World
from tests import databases
from tests.environment import HOME, WORKER

# The browser's driver runs a loop in this thread; nothing here asks the database in it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# The same engine without a window to draw needs half the time.
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser"))),
    None,
)
SCREENSHOTS = Path(__file__).parents[2] / "screenshots" if os.environ.get("SCREENSHOTS") else None
PHONE = {"width": 375, "height": 800}
NARROW = {"width": 320, "height": 640}
DESK = {"width": 1280, "height": 900}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# The faults of the page. To work out contrast takes three quarters of the time: of what looks the same,
# by tags, classes and states all the way up, the first that is seen stands for all.
FAULTS = """async wanted => {
    const STYLED = /^(class|role|type|open|data-|aria-(current|expanded|selected|pressed|invalid))/;
    const keys = new WeakMap(), seen = new Set(), marked = [];
    const key = one => one === null ? "" : keys.get(one) ?? made(one);
    const made = one => {
        const states = [one.tagName, one.matches(":checked"), one.matches(":disabled")];
        for (const {name, value} of one.attributes)
            states.push(name, STYLED.test(name) && value);
        return keys.set(one, `${key(one.parentElement)}>${states}`).get(one);
    };
    const says = one => one.value || [...one.childNodes].some(
        node => node.nodeType === Node.TEXT_NODE && node.data.trim());
    for (const one of document.body.querySelectorAll("*")) {
        if (!says(one) || !one.checkVisibility() || seen.has(key(one))) continue;
        seen.add(key(one));
        one.setAttribute("data-contrast", "");
        marked.push(one);
    }
    axe.configure({rules: [{id: "color-contrast", selector: "[data-contrast]"}]});
    const {violations} = await axe.run(wanted);
    marked.forEach(one => one.removeAttribute("data-contrast"));
    return violations;
}"""
# On how many lines the places of the menu stand.
LINES_OF_MENU = """() => new Set([...document.querySelectorAll(".govuk-service-navigation__item")]
    .map(item => item.offsetTop)).size"""
SERVED = f"onestory_test_{WORKER}_served"


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group(item.path.stem))
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="NO CHROMIUM: browser tests skipped"))


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
            ],
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def address(django_db_setup):
    """The address of this worker's one server: to start takes longer than many a test."""
    databases.copy(SERVED)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    line = [sys.executable, "-m", "gunicorn", "onestory.wsgi", "--threads", "4"]
    line += ["--bind", f"127.0.0.1:{port}", "--log-level", "warning"]
    process = subprocess.Popen(line, env=environment_of_server())
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=10)
        databases.drop(SERVED)


def environment_of_server() -> dict[str, str]:
    """What another process must be told to work in the served database."""
    environment = {**os.environ, "ONESTORY_DATABASE": SERVED}
    if database.is_embedded():
        environment[database.STARTED] = database.started()
    return environment


@pytest.fixture(scope="module")
def server(address):
    """The address of a server on a fresh copy of the template. It connects anew by itself."""
    databases.copy(SERVED)
    return address


def _wait_for(address: str, process: subprocess.Popen) -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise RuntimeError("The server ended before it began.")
        try:
            urllib.request.urlopen(f"{address}/account/sign-in/", timeout=5)
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("The server did not answer in thirty seconds.")


class Visitor:
    """Somebody at a browser."""

    def __init__(self, browser, address: str, test: str):
        self.context = browser.new_context(base_url=address, viewport=DESK, locale="en-GB")
        self.context.set_default_timeout(20_000)
        self.page = self.context.new_page()
        self.test = test
        self.looks = 0

    def sign_in(self, name: str) -> "Visitor":
        """Through the door, without typing: `test_signing_in` types."""
        door = "/account/sign-in/"
        self.context.request.get(door)
        token = next(c["value"] for c in self.context.cookies() if c["name"] == "csrftoken")
        typed = {"login": f"{name}@example.org", "password": PASSWORD, "csrfmiddlewaretoken": token}
        answer = self.context.request.post(door, form=typed, max_redirects=0)
        assert answer.status == 302, f"{name} was not let in"
        self.page.goto("/")
        return self

    def sign_out(self) -> "Visitor":
        self.context.clear_cookies()
        return self

    def open(self, path: str) -> int:
        """Go there; answers with the status."""
        return self.page.goto(path).status

    def press(self, name: str) -> "Visitor":
        self.page.get_by_role("button", name=name).first.click()
        self.page.wait_for_load_state()
        return self

    def follow(self, name: str | re.Pattern) -> "Visitor":
        self.page.get_by_role("link", name=name).first.click()
        self.page.wait_for_load_state()
        return self

    def behind_more(self, name: str) -> "Visitor":
        """Go to a place that is listed under More."""
        self.follow("More").page.wait_for_url("**/more/")
        self.page.get_by_role("main").get_by_role("link", name=name, exact=True).click()
        self.page.wait_for_url(lambda address: not address.endswith("/more/"))
        return self

    def saved(self) -> "Visitor":
        """Wait until the page says that all that was typed is saved."""
        self.page.locator(".os-draft-status", has_text=re.compile(r"^Saved \d\d:\d\d")).wait_for()
        return self

    @property
    def text(self) -> str:
        return self.page.inner_text("main")

    @property
    def heading(self) -> str:
        return self.page.inner_text("h1")

    def look(self, name: str) -> "Visitor":
        """Check what is shown: no accessibility fault, and readable at three widths."""
        self.page.evaluate(AXE_SCRIPT)
        faults = self.page.evaluate(FAULTS, {"runOnly": RULES, "resultTypes": ["violations"]})
        assert not faults, [
            (f["id"], f["help"], [n["html"][:160] for n in f["nodes"]]) for f in faults
        ]
        self.looks += 1
        for size, label in ((NARROW, "narrow"), (PHONE, "phone"), (DESK, "desk")):
            self.page.set_viewport_size(size)
            wide = self.page.evaluate("document.documentElement.scrollWidth")
            assert wide <= size["width"], f"{name} is {wide} wide on a screen of {size['width']}"
            assert label != "desk" or self.page.evaluate(LINES_OF_MENU) <= 1, f"the menu of {name}"
            if SCREENSHOTS and label != "narrow":
                SCREENSHOTS.mkdir(exist_ok=True)
                picture = SCREENSHOTS / f"{self.test}-{self.looks:02}-{name}-{label}.png"
                self.page.screenshot(path=picture, full_page=True)
        return self


@pytest.fixture
def visitor(chromium, server, request):
    """``visitor()`` is a new person at a new browser."""
    made = []

    def new() -> Visitor:
        made.append(Visitor(chromium, server, request.node.name))
        return made[-1]

    yield new
    for one in made:
        one.context.close()


@pytest.fixture
def made(ids, django_db_blocker):
    """``made(act)``: what ``act(as_)`` makes in the served database, before anybody looks."""

    def make(act):
        before = {alias: connections[alias].settings_dict["NAME"] for alias in connections}
        with django_db_blocker.unblock():
            connections.close_all()
            for alias in connections:
                connections[alias].settings_dict["NAME"] = SERVED
            try:
                return act(lambda name: _Acting(ids, name))
            finally:
                connections.close_all()
                for alias, name in before.items():
                    connections[alias].settings_dict["NAME"] = name

    return make


class _Acting:
    def __init__(self, ids, name):
        self.scope = acting(ids.actor(name), purpose="test")

    def __enter__(self):
        return self.scope.__enter__().actor

    def __exit__(self, *error):
        return self.scope.__exit__(*error)


@pytest.fixture
def ids(server) -> World:
    """Who and what is in the served database, by name."""
    return World.load(HOME / "world.json")
