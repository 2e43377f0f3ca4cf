"""Plain SQL for the tests of the floor: what the application's role can do past all Python."""

from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection, transaction


def rows(statement, params=()):
    """What a statement brings back, as the application's role."""
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall() if cursor.description else cursor.rowcount


@contextmanager
def refused(match="row-level security|permission denied"):
    """PostgreSQL says no; what was done before stands."""
    with pytest.raises(DatabaseError, match=match), transaction.atomic():
        yield
