"""A team that may write with somebody no longer reads what came before, and says that it has."""

import pytest

from onestory.access.actions import end_grant, share
from onestory.access.models import Envelope
from onestory.agencies.models import Team
from onestory.conversations import actions, queries
from onestory.conversations.models import Message
from tests.access.raw import refused, rows
from tests.own_pages import as_her, invite, user_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def meera(world):
    return world.id("meera")


@pytest.fixture
def hers(as_, meera):
    """Meera's user on her own pages."""
    invite(as_, meera)
    return user_of(as_, meera)


@pytest.fixture
def team(as_, meera, hers) -> Team:
    """Nora's team could write with Meera, who wrote to it; now it may only read."""
    team = Team.objects.get(code="sericc-first-contact")
    how = {"team": team, "purpose": "support", "basis": "consent"}
    with as_("ida") as ida:
        envelopes = list(Envelope.objects.filter(person_id=meera, kind__in=("identity", "support")))
        given = share(by=ida, envelopes=envelopes, may_write=True, **how)
    with as_her(hers) as her:
        actions.write(by=her, person_id=meera, team_id=team.pk, words="Can you ring me?")
    with as_("ida") as ida:
        for grant in given:
            end_grant(by=ida, grant_id=grant.pk, reason="work ended")
        share(by=ida, envelopes=envelopes, **how)
    return team


def test_a_team_that_may_write_no_longer_marks_as_read(as_, client, world, meera, hers, team):
    with as_("nora") as nora:
        assert queries.unread(nora) == 1
    client.force_login(world.user("nora"))
    assert "Meera" in client.get("/conversations/").content.decode()
    said = client.get(f"/conversations/{meera}/?team={team.pk}").content.decode()
    assert "Can you ring me?" in said and "cannot send messages" in said
    assert "No message waits" in client.get("/conversations/").content.decode()
    with as_her(hers):
        assert Message.objects.get().read_by.name == "Nora Fielding"


def test_nobody_else_marks_as_read(as_, meera, hers, team):
    mark = "SELECT count(*) FROM conversations_mark_read(ARRAY[%s]::uuid[], %s)"
    for name in ("ida", "olu", "tess", "mina", "theo", "gwen", "adam"):
        with as_(name):
            assert rows(mark, [meera, team.pk]) == [(0,)]
    with as_her(hers):
        assert rows(mark, [meera, team.pk]) == [(0,)], "her own words are not hers to have read"
    with as_("nora"):
        with refused():
            rows("UPDATE conversations_message SET read_at = now()")
        assert rows(mark, [meera, team.pk]) == [(1,)]
