"""Somebody whom Nora, the navigator, has recorded; and a browser in which one has signed in."""

import pytest

from onestory.people.actions import Facts, add_person


@pytest.fixture
def ines(as_):
    with as_("nora") as by:
        facts = Facts("Ines", "Carver")
        return add_person(by=by, team_id=by.home_team_id, facts=facts).pk


@pytest.fixture
def browse(world, client):
    def sign_in(name):
        client.force_login(world.user(name))
        return client

    return sign_in
