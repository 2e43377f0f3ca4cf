"""A signed-in browser: it keeps what it asked, how long that took, and whom every page named."""

import re
import time
from collections import defaultdict
from dataclasses import dataclass, field
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

from tests.bench.browser import FORM

UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
ROOMS = "people|contacts|referrals|cases|marac/cases|marac/meetings|marac/hear"
LINKS = re.compile(rf"(?<!\w)/({ROOMS})/({UUID})")
REFERENCE = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b")
HIDDEN = re.compile(r'<input type="hidden" name="(version|tab)" value="([^"]*)"')
FORM_TO = re.compile(r'<form method="post" action="([^"]*)".*?</form>', re.DOTALL)
PATIENCE = 60


@dataclass
class Answer:
    status: int
    location: str
    body: str

    def links(self, room: str) -> list[str]:
        """The ids of the people, contacts, … that the page leads to, in its order."""
        return list(dict.fromkeys(key for kind, key in LINKS.findall(self.body) if kind == room))

    def hidden(self, action: str = "") -> dict[str, str]:
        """The hidden fields of the page, or of its form that goes to `action`."""
        body = self.body
        if action:
            forms = (found[0] for found in FORM_TO.finditer(body) if found[1].endswith(action))
            body = next(forms, "")
        return dict(HIDDEN.findall(body))


@dataclass
class Visitor:
    """`times` by name of the page, in seconds; `faults` are answers that nobody should get."""

    port: int
    cookies: str
    token: str
    user: str
    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    faults: list[str] = field(default_factory=list)
    ids: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    references: set[str] = field(default_factory=set)

    def get(self, name: str, path: str) -> Answer:
        return self._ask(name, "GET", path)

    def post(self, name: str, path: str, fields: dict) -> Answer:
        typed = {"csrfmiddlewaretoken": self.token, **fields}
        return self._ask(name, "POST", path, urlencode(typed, doseq=True))

    def _ask(self, name: str, method: str, path: str, body: str | None = None) -> Answer:
        headers = {"Cookie": self.cookies, "Content-Type": FORM}
        began = time.perf_counter()
        try:
            connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
            connection.request(method, path, body, headers)
            came = connection.getresponse()
            answer = Answer(came.status, came.headers.get("Location", ""), came.read().decode())
            connection.close()
        except OSError as error:
            answer = Answer(599, "", repr(error))
        self.times[name].append(time.perf_counter() - began)
        self._keep_in_mind(name, path, answer)
        return answer

    def _keep_in_mind(self, name: str, path: str, answer: Answer) -> None:
        if answer.status not in (200, 302):
            self.faults.append(f"{name}: {urlsplit(path).path} answered {answer.status}")
        if answer.location.startswith("/account/"):
            self.faults.append(f"{name}: sent away to {urlsplit(answer.location).path}")
        for kind, key in LINKS.findall(answer.body + answer.location):
            self.ids[kind].add(key)
        self.references.update(REFERENCE.findall(answer.body))
