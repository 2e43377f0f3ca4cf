"""Those who sit at the table."""

import pytest

from tests.marac import seat


@pytest.fixture(autouse=True)
def seated(world):
    return seat(world)
