"""What she said yes or no to is known to who asked, and to those that it is about; not to others."""

from functools import partial

import pytest
from django.http import Http404

from onestory.access import actions, queries
from onestory.access.acting import acting
from onestory.access.models import Consent
from onestory.agencies.actor import actor_of
from tests import consenting
from tests.consenting import COUNSELLING, IDVA, open_own_pages, record_rosa, team


@pytest.fixture
def rosa(as_):
    return record_rosa(as_)


@pytest.fixture
def ask(as_, rosa):
    return partial(consenting.ask, as_, rosa)


@pytest.fixture
def as_herself(as_, rosa):
    account = open_own_pages(as_, rosa)
    return lambda: acting(actor_of(account), purpose="test")


def test_who_was_told_learns_nothing_of_what_she_said_to_others(as_, as_herself, rosa, ask):
    """Isla's team knows who she is, by her yes to them; her yes to one and her no to another stay
    with whoever asked and with those that it is about."""
    mine, no = ask(), ask(to=COUNSELLING, answer="refused")
    yes = ask(to=IDVA)
    for who, seen in (("nora", {mine, no, yes}), ("isla", {mine}), ("ida", {yes})):
        with as_(who) as by:
            assert {one.consent for one in queries.consents(by, rosa)} == seen, who
            assert set(queries.askings_of(by, [rosa])) == seen, who
            assert set(Consent.objects.all()) >= seen
            assert (no in Consent.objects.all()) == (who == "nora")
    with as_("isla") as by, pytest.raises(Http404):
        actions.withdraw_consent(by=by, consent_id=yes.pk, how="spoken")
    with as_herself() as scope:
        assert {one.consent for one in queries.consents(scope.actor, rosa)} == {mine, no, yes}


def test_whoever_may_ask_finds_what_she_said_to_others_and_it_is_not_on_their_timeline(
    as_, rosa, ask
):
    """So that her no to a team takes back what she had agreed to when others asked."""
    yes = ask(to=IDVA)
    with as_("nora") as by:
        actions.share(
            by=by,
            envelopes=[queries.open_envelopes(by, rosa)["identity"]],
            team=team(COUNSELLING),
            purpose="support",
            basis="consent",
            may_write=True,
        )
    with as_("theo") as by:
        assert [one.consent for one in queries.consents(by, rosa)] == [yes]
        assert queries.askings_of(by, [rosa]) == []
