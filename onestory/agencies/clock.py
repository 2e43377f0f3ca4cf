"""The clock of a session: how long it has been quiet, and what was parked when it locked."""

import time
from dataclasses import dataclass

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, QueryDict

from onestory.agencies.sealed import seal, unseal
from onestory.agencies.sessions import BEGAN, BROWSER, SEEN, browser_in_words

# The time of the last request is written down only when it is this much out of date, which spares
# a write on nearly every request; a session may live that much longer than it should. Own pages, of
# which few are asked for, have none: what covers itself there must be locked from then on.
SLACK, SLACK_OF_OWN_PAGES = 60, 0
FRESH = 5 * 60
PARKED, PARKED_FOR, PARKED_AT_MOST = "parked", 3600, 256 * 1024
FACTOR_SHOWN = "second factor"
# Set in a session of somebody on their own pages, perhaps watched: it locks and ends much sooner.
OWN_PAGES = "own pages"


def start(request: HttpRequest) -> None:
    """Somebody has just signed in here. What somebody else had parked is thrown away."""
    now = int(time.time())
    request.session[BEGAN] = request.session[SEEN] = now
    request.session[BROWSER] = browser_in_words(request.headers.get("User-Agent", ""))
    request.session.pop(FACTOR_SHOWN, None)
    parked_for = request.session.get(PARKED, {}).get("for")
    if parked_for != request.session[SESSION_KEY]:
        request.session.pop(PARKED, None)


def touch(request: HttpRequest) -> None:
    """Somebody is there: the quiet begins again from now."""
    now = int(time.time())
    request.session.setdefault(BEGAN, now)
    if now - request.session.get(SEEN, 0) > _slack(request):
        request.session[SEEN] = now


def unlock(request: HttpRequest) -> None:
    request.session[SEEN] = int(time.time())


def is_of_own_pages(request: HttpRequest) -> bool:
    return bool(request.session.get(OWN_PAGES))


def idle_seconds(request: HttpRequest) -> int:
    own = is_of_own_pages(request)
    return settings.OWN_PAGES_IDLE_SECONDS if own else settings.IDLE_SECONDS


def _slack(request: HttpRequest) -> int:
    return SLACK_OF_OWN_PAGES if is_of_own_pages(request) else SLACK


def lasts_seconds(request: HttpRequest) -> int:
    own = is_of_own_pages(request)
    return settings.OWN_PAGES_SECONDS if own else settings.SESSION_COOKIE_AGE


def has_ended(request: HttpRequest) -> bool:
    return time.time() - request.session.get(BEGAN, time.time()) > lasts_seconds(request)


def is_locked(request: HttpRequest) -> bool:
    quiet = time.time() - request.session.get(SEEN, time.time())
    return quiet > idle_seconds(request) + _slack(request)


def seconds_left(request: HttpRequest) -> int:
    """Until the session locks, or ends for good."""
    now = time.time()
    quiet = now - request.session.get(SEEN, now)
    age = now - request.session.get(BEGAN, now)
    return max(0, int(min(idle_seconds(request) - quiet, lasts_seconds(request) - age)))


def is_fresh(request: HttpRequest) -> bool:
    """Whether whoever is here showed within the last minutes who they are."""
    shown = get_authentication_records(request, request.user)
    return bool(shown) and time.time() - shown[-1]["at"] < FRESH


@dataclass(frozen=True)
class Parked:
    """What somebody sent when their session had locked."""

    path: str
    fields: list[tuple[str, str]]


def park(request: HttpRequest) -> bool:
    """Keep what was just sent, sealed, for whom this session belongs to and for an hour.

    False if it cannot be: files are not kept, nor more than 256 kB.
    """
    typed = request.POST.copy()
    typed.pop("csrfmiddlewaretoken", None)
    body = typed.urlencode()
    if request.FILES or len(body) > PARKED_AT_MOST:
        return False
    request.session[PARKED] = {
        "for": request.session[SESSION_KEY],
        "at": int(time.time()),
        "path": request.get_full_path(),
        "sealed": seal(body, "parked forms"),
    }
    return True


def parked(request: HttpRequest) -> Parked | None:
    """What was parked here for whoever is signed in now."""
    kept = request.session.get(PARKED)
    if not kept or kept["for"] != request.session.get(SESSION_KEY):
        return None
    body = unseal(kept["sealed"], "parked forms")
    if body is None or time.time() - kept["at"] > PARKED_FOR:
        del request.session[PARKED]
        return None
    fields = [(name, value) for name, values in QueryDict(body).lists() for value in values]
    return Parked(kept["path"], fields)


def drop_parked(request: HttpRequest) -> None:
    request.session.pop(PARKED, None)
