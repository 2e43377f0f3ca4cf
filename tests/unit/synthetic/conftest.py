"""What tests of loading in bulk share."""

import pytest
from django.db import transaction
from django.utils import timezone

from synthetic.county.place import Place, place
from synthetic.county.staff import add_staff


@pytest.fixture
def county(own_database) -> Place:
    """A system with staff in every team, in a database of its own."""
    with transaction.atomic():
        add_staff()
    return place(timezone.now())
