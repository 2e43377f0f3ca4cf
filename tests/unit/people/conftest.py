"""Fixtures for people."""

import pytest

from onestory.access import queries
from onestory.access.actions import share
from onestory.agencies.models import Team
from tests.survivors import record_ruth


@pytest.fixture
def ruth(as_, world):
    """The id of a survivor whom Olu's team knows, with everything that can be known of her."""
    return record_ruth(as_, world)


@pytest.fixture
def share_with(as_):
    """`share_with(team, person_id, *kinds)`: Olu's team opens envelopes of hers to another."""

    def shared(team, person_id, *kinds, may_write=False):
        with as_("olu") as olu:
            share(
                by=olu,
                envelopes=[queries.open_envelopes(olu, person_id)[kind] for kind in kinds],
                team=Team.objects.get(code=team),
                purpose="support",
                basis="consent",
                may_write=may_write,
            )

    return shared
