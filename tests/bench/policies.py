"""What the policies cost: the statements of a page, asked with and without them."""

import time
from statistics import median

from django.db import connection, connections

from onestory import database
from onestory.access.acting import acting
from onestory.agencies.actor import actor_of
from tests.bench.browser import watch
from tests.bench.visits import Visits

UNBOUND = "unbound"
TIMES = 5


def cost(visits: Visits, kind: str) -> tuple[float, float]:
    """Milliseconds of one visit's reading statements: bound by the policies, and not.

    Each statement is asked several times in turn by either role, and its median counts.
    """
    watch.kept = []
    visits.kinds[kind]()
    statements, watch.kept = watch.kept, None
    user = visits.last.user
    bound, unbound = 0.0, 0.0
    with acting(actor_of(user), purpose="bench"):
        other = _unbound(str(user.pk))
        for sql, params in statements:
            times = [
                (_timed(connection.connection, sql, params), _timed(other, sql, params))
                for _ in range(TIMES)
            ]
            bound += median(one for one, _ in times)
            unbound += median(two for _, two in times)
    return bound, unbound


def _unbound(user: str):
    """The same database as a role that no policy binds, acting for the same user."""
    if UNBOUND not in connections.settings:
        admin = database.admin_settings()
        connections.settings[UNBOUND] = {
            **connection.settings_dict,
            "USER": admin["user"],
            "PASSWORD": admin["password"],
        }
    alias = connections[UNBOUND]
    alias.ensure_connection()
    alias.connection.execute("SELECT set_config('onestory.actor', %s, false)", [user])
    return alias.connection


def _timed(asked, sql: str, params) -> float:
    with asked.cursor() as cursor:
        began = time.perf_counter()
        cursor.execute(sql, params)
        cursor.fetchall()
        return (time.perf_counter() - began) * 1000
