"""One transaction, one actor. Without an actor PostgreSQL shows nothing.

``with acting(actor, purpose="…")`` opens the transaction, tells PostgreSQL who acts, and at its
end writes down which envelopes were read in it, in that same transaction.
"""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from onestory.agencies.actor import Actor
from onestory.kernel import record
from onestory.kernel.errors import NobodyActing


@dataclass
class Scope:
    actor: Actor
    purpose: str
    now: datetime
    read: set[UUID] = field(default_factory=set)


_scope: ContextVar[Scope | None] = ContextVar("onestory_scope", default=None)


@contextmanager
def acting(actor: Actor, *, purpose: str):
    """Act as `actor` in one transaction (or a part of the one that is open)."""
    # What is told ends with the transaction; only a part of one has to put it back.
    before = _told() if connection.in_atomic_block else None
    with transaction.atomic():
        team = str(actor.team_ids[0]) if _for_a_team(actor) else ""
        scope = Scope(actor, purpose, _tell(str(actor.user_id), team))
        token = _scope.set(scope)
        try:
            yield scope
            # What fails is rolled back, and who acted with it.
            if not connection.needs_rollback:
                write_down_reads(scope)
                if before:
                    _tell(*before)
        finally:
            _scope.reset(token)


def now() -> datetime:
    """`now()` as the policies see it: the database's clock at the start of the transaction.

    Grants take their times from it, so that one given now is open now.
    """
    scope = _scope.get()
    if scope is None:
        raise NobodyActing("Grants are given and ended by somebody.")
    return scope.now


def note_read(envelope_id: UUID | None) -> None:
    """Remember that a row of this envelope was loaded (called by every protected row)."""
    scope = _scope.get()
    if scope is not None and envelope_id is not None:
        scope.read.add(envelope_id)


def write_down_reads(scope: Scope) -> None:
    if scope.read:
        record.write("read", by=scope.actor, envelopes=scope.read, subject=scope.purpose)
        scope.read = set()


def _for_a_team(actor: Actor) -> bool:
    return actor.is_system and bool(actor.hats)


def _told() -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(current_setting('onestory.actor', true), ''),"
            " coalesce(current_setting('onestory.team', true), '')"
        )
        return cursor.fetchone()


def _tell(actor: str, team: str) -> datetime:
    """Tell PostgreSQL who acts, until the transaction ends; what comes back is when it began."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('onestory.actor', %s, true),"
            " set_config('onestory.team', %s, true), now()",
            [actor, team],
        )
        return cursor.fetchone()[2]
