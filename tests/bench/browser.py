"""A signed-in browser without a network: the real WSGI application, called in this process."""

import time
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.test import Client, RequestFactory

from onestory.agencies.models import User
from onestory.cases.export import FIGURES
from onestory.wsgi import application

FORM = "application/x-www-form-urlencoded"
TOKEN = "b" * 32


@dataclass
class Sample:
    """What one or several requests took. Times in milliseconds.

    `rows` is how many a list had on its page; `show` which list it was.
    """

    total: float = 0.0
    sql: float = 0.0
    queries: int = 0
    rows: int = 0
    show: str = ""

    def __add__(self, other: "Sample") -> "Sample":
        return Sample(self.total + other.total, self.sql + other.sql, self.queries + other.queries)


@dataclass(frozen=True)
class Page:
    """An answer, and what it took to make."""

    status: int
    location: str
    body: str
    sample: Sample


class Watch:
    """Counts and times every statement of a request; with `kept`, it keeps the reading ones too."""

    def __init__(self):
        self.sample = Sample()
        self.asking = False
        self.kept: list[tuple[str, object]] | None = None

    def __call__(self, execute, sql, params, many, context):
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.sample.sql += (time.perf_counter() - began) * 1000
            self.sample.queries += 1
            if self.asking and self.kept is not None and not many and _reads(sql):
                self.kept.append((sql, params))


watch = Watch()


def _reads(sql: str) -> bool:
    words = sql.split(None, 1)[0].upper()
    return words in ("SELECT", "WITH") and "set_config" not in sql and "FOR UPDATE" not in sql


class Browser:
    """One user's. Answers other than 200 and redirects are errors, since nobody should see any."""

    def __init__(self, user: User):
        self.user = user
        client = Client()
        client.force_login(user)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        cookies = {settings.SESSION_COOKIE_NAME: session, settings.CSRF_COOKIE_NAME: TOKEN}
        self.factory = RequestFactory(SERVER_NAME="localhost")
        self.factory.cookies.load(cookies)

    def get(self, path: str) -> Page:
        return self._ask(self.factory.get(path))

    def post(self, path: str, fields: dict | None = None) -> Page:
        typed = {"csrfmiddlewaretoken": TOKEN, **(fields or {})}
        return self._ask(self.factory.post(path, urlencode(typed, doseq=True), FORM))

    def _ask(self, request) -> Page:
        # The figures of reports are read over a connection of their own.
        for alias in (DEFAULT_DB_ALIAS, FIGURES):
            if watch not in connections[alias].execute_wrappers:
                connections[alias].execute_wrappers.append(watch)
        watch.sample, watch.asking = Sample(), True
        said = {}

        def start(status, headers, *_):
            said.update(status=int(status.split()[0]), headers=dict(headers))

        began = time.perf_counter()
        answer = application(request.environ, start)
        body = b"".join(answer)
        answer.close()
        watch.sample.total = (time.perf_counter() - began) * 1000
        watch.asking = False
        if said["status"] not in (200, 302):
            raise RuntimeError(f"{request.method} {request.path} answered {said['status']}")
        location = said["headers"].get("Location", "")
        return Page(said["status"], location, body.decode(), watch.sample)
