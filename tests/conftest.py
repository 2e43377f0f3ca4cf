"""Fixtures that every kind of test shares."""

import os
from contextlib import contextmanager

import pytest
from django.db import connections
from hypothesis import settings

from onestory.access.acting import acting
from synthetic.world import World
from tests import databases
from tests.environment import HOME

# A machine may be slow for a moment: that is no fault of what is tested. The same examples each time,
# so that what fails is what was changed; `make explore` looks for others.
settings.register_profile("same", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None)
settings.load_profile("same")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """What needs a database says so by itself; `make test-fast` leaves it out.

    A module that does something beforehand is tried by one worker, so that it is done once.
    """
    for item in items:
        if "beforehand" in item.fixturenames:
            item.add_marker(pytest.mark.xdist_group(item.module.__name__))
        if "django_db_setup" in item.fixturenames or item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.database)


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker):
    """A copy of the template, for this worker; tests run in it as the application's own role."""
    databases.ensure_template()
    databases.copy(os.environ["ONESTORY_DATABASE"])
    yield
    with django_db_blocker.unblock():
        connections.close_all()
    databases.drop(os.environ["ONESTORY_DATABASE"])


@pytest.fixture
def world(db) -> World:
    """The small fixed world; see `synthetic.world` for who is who."""
    return World.load(HOME / "world.json")


def acting_in(world: World):
    @contextmanager
    def as_(name: str):
        with acting(world.actor(name), purpose="test") as scope:
            yield scope.actor

    return as_


@pytest.fixture
def as_(world):
    """``with as_("tess") as by:`` acts as that member of the world."""
    return acting_in(world)


@pytest.fixture(scope="module")
def beforehand(django_db_setup, django_db_blocker):
    """As `as_`, once for a module, in a database of its own: what is done so, each test finds.

    Each test then undoes what it did itself, as ever.
    """
    name = f"{os.environ['ONESTORY_DATABASE']}_beforehand"
    databases.copy(name)
    with django_db_blocker.unblock(), databases.connected_to(name):
        yield acting_in(World.load(HOME / "world.json"))
    databases.drop(name)


@pytest.fixture
def own_database(django_db_setup, django_db_blocker):
    """A database of the test's own, where things are committed and other roles can see them."""
    mine = f"{os.environ['ONESTORY_DATABASE']}_own"
    databases.copy(mine)
    with django_db_blocker.unblock(), databases.connected_to(mine):
        yield World.load(HOME / "world.json")
    databases.drop(mine)
