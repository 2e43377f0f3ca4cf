"""Somebody referred to the first contact navigators by the housing team, and taken on."""

from copy import copy

import pytest

from onestory.cases.actions import open_case, record_contact
from tests.disclosures import case_facts, told
from tests.supported import referred, taken_on


@pytest.fixture
def referral(as_):
    """Sent by Tess, to the team that calls within 48 hours. Nobody has answered it yet."""
    return referred(as_)


@pytest.fixture(scope="module")
def accepted(beforehand):
    """One more such referral, which Nora's team has accepted: her case."""
    return taken_on(beforehand, referred(beforehand))


@pytest.fixture
def case(db, accepted):
    """It, as nobody has changed it."""
    return copy(accepted)


@pytest.fixture
def graded_case(as_):
    """A case of the team that knows somebody anyway: nothing was opened for it."""
    with as_("olu") as by:
        contact = record_contact(by=by, team_id=by.home_team_id, told=told())
    with as_("petra") as by:
        return open_case(
            by=by, team_id=by.home_team_id, person_id=contact.person_id, facts=case_facts()
        )
