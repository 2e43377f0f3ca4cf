"""A yes that was only noted, with a contact or a referral: who may take it back, and that it closes."""

import pytest
from django.http import Http404

from onestory.access import actions, queries
from onestory.access.acting import acting
from onestory.access.models import Envelope
from onestory.agencies.actor import actor_of
from onestory.kernel.errors import Refused
from tests import consenting
from tests.access.raw import rows
from tests.consenting import IDVA, ISVA, open_own_pages, record_rosa, team

END = "SELECT * FROM access_end_noted(%s, %s, %s, 'x')"
NOTED = ["consent"]


@pytest.fixture
def rosa(as_):
    """She said yes to the advisers when somebody told them of her; the others were asked apart, or
    told without asking."""
    person = record_rosa(as_)
    with as_("nora") as by:
        name = Envelope.objects.get(person_id=person, kind="identity")
        actions.share(by=by, envelopes=[name], team=team(ISVA), purpose="triage", basis="consent")
    return person


def knows(as_, who, person) -> bool:
    with as_(who) as by:
        return "identity" in queries.open_envelopes(by, person)


def test_she_takes_it_back_herself_and_it_closes_at_once(as_, rosa):
    account = open_own_pages(as_, rosa)
    assert knows(as_, "isla", rosa)
    with acting(actor_of(account), purpose="test") as scope:
        her = {"by": scope.actor, "person_id": rosa, "team_id": team(ISVA).pk}
        actions.withdraw_noted(**her, how="own-pages")
        with pytest.raises(Http404):
            actions.withdraw_noted(**her, how="own-pages")
    assert not knows(as_, "isla", rosa)
    assert knows(as_, "nora", rosa), "what the others wrote or were told on another footing stays"


def test_who_knows_her_records_it_and_says_how(as_, rosa):
    with as_("nora") as by:
        said = {"by": by, "person_id": rosa, "team_id": team(ISVA).pk}
        with pytest.raises(Refused, match="how they let us know"):
            actions.withdraw_noted(**said, how="guessed")
        actions.withdraw_noted(**said, how="spoken")
    assert not knows(as_, "isla", rosa)


@pytest.mark.parametrize("who", ["ida", "tess", "theo", "olu", "gwen", "adam"])
def test_nobody_else_ends_it(as_, rosa, who):
    with as_(who) as by:
        with pytest.raises((Http404, Refused)):
            actions.withdraw_noted(by=by, person_id=rosa, team_id=team(ISVA).pk, how="spoken")
        assert rows(END, [[rosa], team(ISVA).pk, NOTED]) == []
    assert knows(as_, "isla", rosa)


def test_it_ends_nothing_that_rests_on_anything_else(as_, rosa):
    """Neither what was asked apart, nor what the law allows, nor what a team recorded."""
    consenting.ask(as_, rosa, to="pass")
    consenting.decide(as_, rosa, to=IDVA)
    every = [*NOTED, "recorded", "break-glass", "vital-interests", "safeguarding"]
    with as_("nora") as by:
        for to in ("pass", IDVA):
            assert rows(END, [[rosa], team(to).pk, every]) == []
        assert rows(END, [[rosa], by.home_team_id, every]) == []
        assert len(rows(END, [[rosa], team(ISVA).pk, NOTED])) == 1
