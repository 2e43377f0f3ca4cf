"""What tests of own pages share: a survivor who is invited, and who comes in."""

import re
from uuid import UUID

import pytest
from django.core.cache import cache

from onestory.access.acting import acting
from onestory.agencies.actor import Actor, actor_of
from onestory.agencies.models import User
from onestory.portal import actions
from onestory.portal.models import OwnPages

WORD, NUMBER = "blue kettle", "482915"


@pytest.fixture
def quick_numbers(settings):
    """Hashing takes time on purpose; not here."""
    cache.clear()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def invite(as_, person_id: UUID, by: str = "ida", **said) -> str:
    """The code of an invitation that a worker makes, with WORD agreed on."""
    with as_(by) as worker:
        said = {"how": "in-person", "word": WORD, **said}
        team = worker.home_team_id
        return actions.invite(by=worker, person_id=person_id, team_id=team, **said).code


def user_of(as_, person_id: UUID, by: str = "ida") -> User:
    with as_(by):
        return OwnPages.objects.select_related("user").get(person_id=person_id).user


def as_her(user: User):
    """``with as_her(user) as her:`` acts as the survivor whose user this is."""
    return _Acting(actor_of(user))


class _Acting:
    def __init__(self, actor: Actor):
        self.scope = acting(actor, purpose="test")

    def __enter__(self) -> Actor:
        return self.scope.__enter__().actor

    def __exit__(self, *error):
        return self.scope.__exit__(*error)


def redeem(client, code: str, word: str = WORD):
    return client.post("/n/i/1/", {"code": code, "word": word})


def make_codes(client) -> list[str]:
    page = client.post("/n/e/2/", {"number": NUMBER, "again": NUMBER})
    return re.findall(r"<li>(\w{4}-\w{4})</li>", page.content.decode())


def come_in(client, code: str, number: str = NUMBER):
    return client.post("/n/i/", {"code": code, "number": number})


def is_in(client) -> bool:
    return client.get("/n/").status_code == 200
